/** Unfinished forms as something that can be found and opened again. */
import { inLanguage, type Language } from '../../../shared/core/label.ts';
import { isAbsent } from '../../../shared/core/field/base.ts';
import type { AnyField } from '../../../shared/core/field/field.ts';
import { showValue } from '../../../shared/core/format.ts';
import type { Desk, Draft } from '../../core/desk.ts';
import { prefillOfKey } from '../../kit/form/draft-key.ts';
import { correctPath, editPath, newPath, recordPath } from '../../kit/paths.ts';

/** Where the form of a draft lives; its key begins with the kind of form (kit/form/draft-key.ts). */
export function draftPath({ key, entity, record }: Draft): string {
  const [kind, rest = ''] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
  if (kind === 'correct') return correctPath(rest);
  if (record === undefined) return newPath(entity, prefillOfKey(key));
  return kind === 'edit' ? editPath(record) : recordPath(record);
}

/** By what a person would know it: the record's title, else the first thing that was typed. */
export function draftTitle(
  { entity: name, record, values }: Draft,
  desk: Desk,
  language: Language = 'zh',
): string {
  const entity = desk.registry.entities.get(name);
  if (!entity) return '';
  const known = record === undefined ? undefined : desk.get(record)?.record;
  const title = entity.title({ ...known?.values, ...values });
  if (title !== '' && title !== inLanguage(entity.label, 'zh')) return title;
  const [field, value] = Object.entries(values).find(([, one]) => !isAbsent(one)) ?? [];
  const declared = field === undefined ? undefined : (entity.fields[field] as AnyField | undefined);
  return declared ? showValue(declared, value, language).slice(0, 40) : '';
}

/** Drafts whose shown texts contain the words. */
export function findDrafts(
  text: string,
  drafts: readonly Draft[],
  desk: Desk,
  language: Language,
): readonly Draft[] {
  const sought = text.trim().normalize('NFKC').toLowerCase();
  if (sought === '') return [];
  return drafts.filter((draft) => {
    const fields = desk.registry.entities.get(draft.entity)?.fields ?? {};
    return Object.entries(draft.values).some(([name, value]) => {
      const field = fields[name] as AnyField | undefined;
      return field !== undefined && showValue(field, value, language).toLowerCase().includes(sought);
    });
  });
}
