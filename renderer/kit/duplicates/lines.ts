/**
 * Two records side by side: field by field what each of them says, what is likeliest, and the commands that make one of them. Pure. What
 * both say alike needs no choice; sets are put together; the record that stays keeps its number, its stage and its logs.
 */
import type { Command } from '../../../shared/core/command.ts';
import { keyOf } from '../../../shared/core/command.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import type { AnyField, Fields } from '../../../shared/core/field/field.ts';
import type { IdentityDocument } from '../../../shared/core/identity-document.ts';
import { lastWriter, type RecordState, type Writer } from '../../../shared/core/record.ts';
import { sameValue } from '../../../shared/core/same-value.ts';

export interface Choice {
  readonly value: unknown;
  /** The record that says so; both where their rows or members are put together. */
  readonly of: string | 'both';
  readonly writer?: Writer;
  /** Written unseen beside the value in force. */
  readonly isRival: boolean;
}

export interface Line {
  readonly name: string;
  readonly field: AnyField;
  readonly choices: readonly Choice[];
  /** The likeliest of them. */
  readonly initial: number;
}

export interface Compared {
  /** What they say differently, in the order of the declaration. */
  readonly differing: readonly Line[];
  /** Fields in which both say the same. */
  readonly same: readonly string[];
}

export function compare(entity: AnyEntity, one: RecordState, other: RecordState): Compared {
  const fields = entity.fields as Fields;
  const names = entity.sections
    .flatMap((section) => section.fields)
    .filter((name) => {
      const field = fields[name];
      return field && field.merge !== 'append' && field.merge !== 'server' && field.kind !== 'stages';
    });
  const lines = names.map((name) => lineOf(name, fields[name] as AnyField, one, other));
  return {
    differing: lines.filter(({ choices }) => choices.length > 1),
    same: lines.flatMap(({ name, choices: [only] }, index) =>
      lines[index]?.choices.length === 1 && !isAbsent(only?.value) ? [name] : [],
    ),
  };
}

function lineOf(name: string, field: AnyField, one: RecordState, other: RecordState): Line {
  const said = [...saidIn(one, name), ...saidIn(other, name)];
  const distinct = said.filter(
    (choice, index) => said.findIndex(({ value }) => sameValue(value, choice.value)) === index,
  );
  const together = putTogether(field, one.values[name], other.values[name]);
  const choices = together ? [...distinct, { value: together, of: 'both', isRival: false }] : distinct;
  return { name, field, choices, initial: together ? choices.length - 1 : likeliest(field, choices) };
}

const saidIn = (record: RecordState, name: string): readonly Choice[] => [
  { value: record.values[name], of: record.id, writer: lastWriter(record, name), isRival: false },
  ...(record.conflicts?.[name]?.rivals ?? []).map(({ value, writer }) => ({
    value: value ?? undefined,
    of: record.id,
    writer,
    isRival: true,
  })),
];

/** Several telephone numbers are better than one of two; undefined where there is nothing to put together, or too much of it. */
function putTogether(field: AnyField, one: unknown, other: unknown): readonly unknown[] | undefined {
  if (field.merge !== 'union' && field.kind !== 'rows') return undefined;
  const [here, there] = [(one ?? []) as readonly unknown[], (other ?? []) as readonly unknown[]];
  const isIn = (list: readonly unknown[], member: unknown): boolean =>
    list.some((known) =>
      field.merge === 'union' ? keyOf(known) === keyOf(member) : isSameRow(known, member),
    );
  const joined = [...here, ...there.filter((member) => !isIn(here, member))];
  const isMore =
    field.merge === 'union'
      ? joined.length > here.length && joined.length > there.length
      : !sameValue(joined, here) && !sameValue(joined, there);
  const most = 'max' in field ? Number(field.max ?? Infinity) : Infinity;
  return isMore && joined.length <= most ? joined : undefined;
}

/** The first column says what a row is about: the same number, whoever's it is said to be. */
const isSameRow = (one: unknown, other: unknown): boolean =>
  sameValue(Object.values(one as Values)[0], Object.values(other as Values)[0]);

/** Something rather than nothing, an identity card rather than another paper, what was written later rather than earlier. */
function likeliest(field: AnyField, choices: readonly Choice[]): number {
  const ranks = choices.map(({ value, writer, isRival }) => [
    isAbsent(value) ? 0 : 1,
    field.kind === 'identityDocument' ? documentRank(value as IdentityDocument | undefined) : 0,
    isRival ? 0 : 1,
    writer?.seq ?? Infinity,
  ]);
  return ranks.reduce(
    (best, rank, index) => (isHigher(rank, ranks[best] as readonly number[]) ? index : best),
    0,
  );
}

const documentRank = (document: IdentityDocument | undefined): number =>
  document?.type === '111' ? 2 : document && document.type !== 'none' ? 1 : 0;

function isHigher(rank: readonly number[], than: readonly number[]): boolean {
  const place = rank.findIndex((part, index) => part !== than[index]);
  return place >= 0 && (rank[place] ?? 0) > (than[place] ?? 0);
}

export interface Merging {
  readonly entity: AnyEntity;
  /** The record that stays. */
  readonly kept: RecordState;
  readonly gone: RecordState;
  readonly lines: readonly Line[];
  /** Chosen places by field. */
  readonly picked: Readonly<Record<string, number>>;
}

/** What was picked as a change of the record that stays, and the merge: they hold or fall together. */
export function mergeCommands(merging: Merging): readonly Command[] {
  const { entity, kept, gone } = merging;
  const values = pickedValues(merging);
  const settles = Object.keys(kept.conflicts ?? {}).filter((name) => name in values);
  const about = { entity: entity.name, record: kept.id };
  return [
    ...(Object.keys(values).length > 0
      ? [{ kind: 'change' as const, ...about, values, ...(settles.length > 0 && { settles }) }]
      : []),
    { kind: 'merge', entity: entity.name, record: gone.id, other: kept.id },
  ];
}

function pickedValues({ entity, kept, lines, picked }: Merging): Values {
  const values: Record<string, unknown> = {};
  for (const { name, field, choices, initial } of lines) {
    const value = choices[picked[name] ?? initial]?.value;
    const isFixed = field.fixed === true && !isAbsent(kept.values[name]);
    const isUnsettled = kept.conflicts?.[name] !== undefined;
    if (!isFixed && (isUnsettled || !sameValue(kept.values[name], value))) values[name] = value ?? null;
  }
  const whole: Values = { ...kept.values, ...values };
  for (const [name, value] of Object.entries((entity.derive?.(whole) ?? {}) as Values))
    if (!isAbsent(value) && !sameValue(whole[name], value)) values[name] = value;
  return values;
}

/** Takes the merge back, and with it what was picked: `before` says what stood there. */
export const undoCommands = (
  entity: string,
  kept: string,
  gone: string,
  before: Values,
): readonly Command[] => [
  ...(Object.keys(before).length > 0
    ? [{ kind: 'change' as const, entity, record: kept, values: before }]
    : []),
  { kind: 'unmerge', entity, record: gone, other: kept },
];

/** What stood in the record that stays, for each value that the commands write over. */
export function valuesBefore(commands: readonly Command[], { values }: RecordState): Values {
  const [first] = commands;
  const written = first?.kind === 'change' ? Object.keys(first.values ?? {}) : [];
  return Object.fromEntries(written.map((name) => [name, values[name] ?? null]));
}
