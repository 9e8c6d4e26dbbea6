/** Plays every entity's samples from their creation to their last step, as a desk would, and says what stood in the way. */
import type { Actor } from '../access.ts';
import { operationOf, type Command } from '../command.ts';
import { decide } from '../decide.ts';
import { duesOf } from '../deadline.ts';
import { readersIn, type AnyEntity } from '../entity.ts';
import type { AnyField, Fields } from '../field/field.ts';
import type { Reference } from '../field/reference.ts';
import { showValue } from '../format.ts';
import { newId } from '../id.ts';
import { operationSchema } from '../operation.ts';
import { own } from '../own.ts';
import type { RecordState } from '../record.ts';
import type { Registry } from '../registry.ts';
import type { SampleGiven, SampleSource } from '../sample.ts';
import { stepCommand } from '../step-command.ts';
import { parseScope } from '../scope.ts';
import { searchWordsOf } from '../search/words.ts';

const EPOCH = 'epoch-1';
const TODAY = '2026-11-23';
const NOW = Date.parse(`${TODAY}T02:00:00.000Z`);
const AREAS = {
  district: { code: '310104', name: '徐汇区' },
  subdistrict: { code: '310104007', name: '斜土路街道' },
  committee: { code: '310104007006', name: '江南新村居委会' },
} as const;
const SAMPLES = 12;

export function sampleProblems(registry: Registry): string[] {
  const random = seeded(20261123);
  const readers = new Map<string, readonly string[]>();
  const id = newId('person', NOW, bytesOf(random));
  const actor: Actor = {
    id,
    isNamed: (record) => readers.get(record)?.includes(id) ?? false,
    grants: Object.keys(registry.roles).map((role) => ({ role, area: AREAS.district.code })),
  };
  const made = new Map<string, Reference[]>();
  let seq = 0;

  /** @returns the record after the command, or what was wrong */
  function run(command: Command, entity: AnyEntity, seen: RecordState | undefined): RecordState | string {
    const operation = operationOf(command, entity, {
      id: newId('operation', NOW, bytesOf(random)),
      author: actor.id,
      device: 'device-1',
      at: new Date(NOW).toISOString(),
      after: [],
      seen,
      basis: { epoch: EPOCH, seq },
      newEntryId: () => newId('entry', NOW, bytesOf(random)),
      temporaryNumber: '临-D1-1',
    });
    const parsed = operationSchema.safeParse(JSON.parse(JSON.stringify(operation)));
    if (!parsed.success) return `is no operation: ${parsed.error.message}`;
    seq += 1;
    const decided = decide(seen, parsed.data, { entity, roles: registry.roles, actor, epoch: EPOCH, seq });
    return decided.ok ? decided.value : `is refused: ${JSON.stringify(decided.error)}`;
  }

  function tell(entity: AnyEntity, index: number): string[] {
    const area = AREAS[entity.scope.level ?? 'committee'];
    const given: SampleGiven = {
      source: sourceOf(random),
      index,
      area,
      today: TODAY,
      reference: (name) => made.get(name)?.[Math.floor(random() * (made.get(name)?.length ?? 0))],
      author: { id: actor.id, title: '周敏' },
    };
    const story = entity.sample(given);
    const record = newId(entity.name, NOW, bytesOf(random));
    const { name } = entity;
    let state = run(
      { kind: 'create', entity: name, record, area: area.code, values: story.values },
      entity,
      undefined,
    );
    if (typeof state === 'string') return [`${name}: sample ${index} ${state}`];
    const problems = readingProblems(state, entity, actor);
    for (const [place, step] of (story.steps ?? []).entries()) {
      const next = run(stepCommand(step, name, record), entity, state);
      if (typeof next === 'string') return [...problems, `${name}: step ${place} of sample ${index} ${next}`];
      state = next;
      problems.push(...readingProblems(state, entity, actor));
    }
    const { values } = state;
    readers.set(record, readersIn(entity, values));
    const home = parseScope(state.scope);
    if (home?.form === 'area' && !own(registry.classes, home.class))
      problems.push(`${name}: sample ${index} lies in ${home.class}, which is no class`);
    const kept = Object.fromEntries(
      (entity.kept ?? []).map((field: string) => [field, own(values, field) ?? null]),
    );
    made.set(name, [...(made.get(name) ?? []), { id: record, title: entity.title(values), kept }]);
    return problems;
  }

  return inOrder(registry).flatMap((entity) =>
    Array.from({ length: SAMPLES }, (_, index) => tell(entity, index)).flat(),
  );
}

/** What is derived from a record must come out of it without a hitch: title, words, values on screen, clocks, papers. */
function readingProblems(record: RecordState, entity: AnyEntity, actor: Actor): string[] {
  const about = (what: string): string => `${entity.name}: ${what}`;
  try {
    const fields = Object.entries(entity.fields as Fields) as [string, AnyField][];
    for (const [name, field] of fields) showValue(field, record.values[name], 'en');
    searchWordsOf(entity, record.values);
    duesOf(entity, record.values);
    entity.derive?.(record.values);
    const given = { record, areaName: (code: string) => code, personName: () => actor.id, today: TODAY };
    const empty = Object.entries(entity.documents ?? {}).filter(([, paper]) => {
      paper.missing?.(record);
      return paper.build(given).blocks.length === 0;
    });
    const hasTitle = entity.title(record.values).trim() !== '';
    return [
      ...(hasTitle ? [] : [about('has no title')]),
      ...empty.map(([name]) => about(`paper ${name} is empty`)),
    ];
  } catch (error) {
    return [about(`throws: ${String(error)}`)];
  }
}

/** Entities after those that they point to, as far as that goes. */
function inOrder(registry: Registry): readonly AnyEntity[] {
  const order: AnyEntity[] = [];
  const visited = new Set<string>();
  const visit = (entity: AnyEntity | undefined): void => {
    if (!entity || visited.has(entity.name)) return;
    visited.add(entity.name);
    for (const name of pointsTo(entity.fields as Fields)) visit(registry.entities.get(name));
    order.push(entity);
  };
  for (const entity of registry.entities.values()) visit(entity);
  return order;
}

const pointsTo = (fields: Fields): string[] =>
  Object.values(fields).flatMap((field) => {
    if (field.kind === 'reference' || field.kind === 'references') return [field.entity];
    return field.kind === 'rows' || field.kind === 'entries' ? pointsTo(field.fields as Fields) : [];
  });

/** Mulberry32: small, fast, and the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const bytesOf =
  (random: () => number) =>
  (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => Math.floor(random() * 256));

const sourceOf = (random: () => number): SampleSource => ({
  whole: (below) => Math.floor(random() * below),
  pick: (from) => from[Math.floor(random() * from.length)] as (typeof from)[number],
  chance: (probability) => random() < probability,
});
