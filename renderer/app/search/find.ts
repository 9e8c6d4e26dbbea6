/** One list for everything that the box finds: people and matters, drafts, pages and the commonest actions. */
import { inLanguage, type Language } from '../../../shared/core/label.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { AnyField } from '../../../shared/core/field/field.ts';
import { maskValue, showValue } from '../../../shared/core/format.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Desk, Draft, Hit } from '../../core/desk.ts';
import { homePath, listPath, newPath, recordPath, settingsPath, trayPath } from '../../kit/paths.ts';
import type { Texts } from '../../texts/use-texts.ts';
import { entitiesInNavigation, entitiesToRegister, nameToRegister } from '../desk/rights.ts';
import { draftPath, draftTitle, findDrafts } from './drafts.ts';

export interface Found {
  readonly id: string;
  readonly group: 'records' | 'drafts' | 'pages';
  readonly title: string;
  readonly label: string;
  /** Why it was found, where the title does not say so. */
  readonly detail?: string;
  readonly target: { readonly path: string } | { readonly action: 'sync' | 'lock' };
}

interface Finding {
  readonly text: string;
  readonly hits: readonly Hit[];
  readonly drafts: readonly Draft[];
  readonly desk: Desk;
  readonly texts: Texts;
}

export function findAll({ text, hits, drafts, desk, texts }: Finding): readonly Found[] {
  const sought = text.trim().normalize('NFKC').toLowerCase();
  const pages = pagesAndActions(desk, texts).filter(
    ({ title }) => sought === '' || title.toLowerCase().includes(sought),
  );
  const found = findDrafts(text, drafts, desk, texts.language);
  return [
    ...hits
      .map((hit) => recordFound(hit, texts))
      .sort((one, other) => Number(other.isByTitle) - Number(one.isByTitle)),
    ...found.map((draft): Found => {
      const entity = desk.registry.entities.get(draft.entity);
      return {
        id: `draft ${draft.key}`,
        group: 'drafts',
        title: draftTitle(draft, desk, texts.language) || (entity ? texts.say(entity.label) : ''),
        label: texts.t('search.draft'),
        target: { path: draftPath(draft) },
      };
    }),
    ...pages,
  ];
}

/** A person of that name comes before one whose guardian has it, and needs no explanation. */
function recordFound({ record, entity, field }: Hit, texts: Texts): Found & { readonly isByTitle: boolean } {
  const { t, say } = texts;
  const title = entity.title(record.values);
  const declared = entity.fields[field] as AnyField | undefined;
  const shown = declared ? shownShort(declared, record.values[field], texts.language) : '';
  const isByTitle = !declared || shown === '' || title.includes(shown);
  const detail = isByTitle
    ? whichOne(record, entity, title, texts.language)
    : t('search.matched', { field: say(declared.label), value: shown });
  return {
    id: record.id,
    group: 'records',
    title,
    label: record.withdrawn ? `${say(entity.label)} · ${t('search.withdrawn')}` : say(entity.label),
    ...(detail !== '' && { detail }),
    isByTitle,
    target: { path: recordPath(record.id) },
  };
}

/** Three people are called 王伟: the first columns of the list tell which one. */
function whichOne({ values }: RecordState, entity: AnyEntity, title: string, language: Language): string {
  return entity.list.columns
    .flatMap((column) => {
      const field = typeof column === 'string' ? (entity.fields[column] as AnyField | undefined) : undefined;
      const shown = field ? shownShort(field, values[column as string], language) : '';
      return shown === '' || title.includes(shown) ? [] : [shown];
    })
    .slice(0, 4)
    .join(' · ');
}

/** Numbers stay masked: the person typed the tail, and somebody sits opposite. */
function shownShort(field: AnyField, value: unknown, language: Language): string {
  const text = maskValue(field, value, language) || showValue(field, value, language);
  return [...text].length > 40 ? `${[...text].slice(0, 40).join('')}…` : text;
}

function pagesAndActions(desk: Desk, { t, language }: Texts): readonly Found[] {
  const page = (path: string, title: string): Found => ({
    id: `page ${path}`,
    group: 'pages',
    title,
    label: t('search.page'),
    target: { path },
  });
  const action = (id: string, title: string, target: Found['target']): Found => ({
    id: `action ${id}`,
    group: 'pages',
    title,
    label: t('search.action'),
    target,
  });
  const { registry, me } = desk;
  return [
    ...entitiesToRegister(registry, me).map((entity) =>
      action(entity.name, t('search.create', { name: nameToRegister(entity, language) }), {
        path: newPath(entity.name),
      }),
    ),
    page(homePath, t('frame.home')),
    ...entitiesInNavigation(desk, me).map((entity) =>
      page(listPath(entity.name), inLanguage(entity.label, language)),
    ),
    page(trayPath, t('frame.tray')),
    page(settingsPath, t('frame.settings')),
    action('sync', t('search.syncNow'), { action: 'sync' }),
    action('lock', t('search.lock'), { action: 'lock' }),
  ];
}
