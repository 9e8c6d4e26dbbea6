/** What an operation did, in words: one line for each thing, values masked where the field is sensitive. Pure. */
import { WITHDRAWAL } from '../../../shared/core/play.ts';
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import { maskValue, showValue } from '../../../shared/core/format.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { KitPorts } from '../ports.tsx';
import type { Words } from '../words.ts';

export interface HistoryWords {
  readonly title: string;
  readonly lines: readonly string[];
}

export type HistoryGiven = Pick<Words, 'language' | 'say' | 't'> & Pick<KitPorts, 'areaName' | 'personName'>;

const SHORT = 60;

export function historyWords(
  operation: Operation,
  entity: AnyEntity,
  { language, say, t, areaName, personName }: HistoryGiven,
): HistoryWords {
  const fields = entity.fields as Fields;
  const labelOf = (name: string): string =>
    fields[name] ? say(fields[name].label) : name === WITHDRAWAL ? t('record.withdraw') : name;
  const shown = (name: string, value: unknown): string => {
    const field = fields[name];
    if (!field) return '';
    const text = field.sensitive ? maskValue(field, value) : showValue(field, value, language);
    return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text;
  };
  const labels = (names: readonly string[]): string =>
    names.map(labelOf).join(language === 'zh' ? '、' : ', ');

  const set = Object.entries(operation.set ?? {}).filter(([name]) => fields[name]?.merge !== 'server');
  const written = set.filter(([, value]) => value !== null);
  const cleared = set.filter(([, value]) => value === null).map(([name]) => name);
  const values = written.map(([name, value]) => `${labelOf(name)}：${shown(name, value)}`);
  const added = Object.entries(operation.add ?? {}).map(([name, members]) =>
    t('history.added', { what: labelOf(name), members: shown(name, members) }),
  );
  const removed = Object.entries(operation.remove ?? {}).map(([name, members]) =>
    t('history.removed', { what: labelOf(name), members: shown(name, members) }),
  );
  const emptied = cleared.length > 0 ? [t('history.cleared', { what: labels(cleared) })] : [];

  switch (operation.kind) {
    case 'create':
      return { title: t('history.created'), lines: [] };
    case 'withdraw':
      return { title: t('history.withdrawn'), lines: [] };
    case 'restore':
      return { title: t('history.restored'), lines: [] };
    case 'share':
    case 'unshare': {
      const { with: other = { person: '' } } = operation;
      const who = 'person' in other ? personName(other.person) : areaName(other.area);
      return { title: t(`history.${operation.kind}`, { who }), lines: [] };
    }
    case 'move':
      return { title: t('history.move', { where: areaName(operation.area ?? '') }), lines: [] };
    case 'merge':
    case 'unmerge':
    case 'distinguish':
      return { title: t(`history.${operation.kind}`), lines: [] };
    case 'accept':
      return { title: t('history.accepted'), lines: [] };
    case 'decline':
      return {
        title: t('history.declined'),
        lines: operation.words === undefined ? [] : [operation.words],
      };
    case 'advance': {
      const stages = stagesOf(entity)?.stages ?? {};
      const name = (stage = ''): string => (stages[stage] ? say(stages[stage]) : stage);
      return {
        title: t('history.advanced', { from: name(operation.from), to: name(operation.to) }),
        lines: [...values, ...added, ...removed, ...emptied],
      };
    }
    case 'change': {
      const logs = Object.keys(operation.append ?? {}).map((name) => {
        const field = fields[name];
        return t('history.appended', { what: field?.kind === 'entries' ? say(field.one) : labelOf(name) });
      });
      const settled = operation.settles ?? [];
      const names = [
        ...set.map(([name]) => name),
        ...Object.keys(operation.add ?? {}),
        ...Object.keys(operation.remove ?? {}),
      ];
      const changed = names.length > 0 ? [t('history.changed', { what: labels([...new Set(names)]) })] : [];
      const title =
        settled.length > 0 ? [t('history.settled', { what: labels(settled) })] : [...changed, ...logs];
      return { title: title.join('；'), lines: [...values, ...added, ...removed, ...emptied] };
    }
  }
}
