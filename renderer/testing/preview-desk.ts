/**
 * A desk in memory for looking at screens: the demo town, real reading, searching and deciding, no disk and no district. It
 * shows every state of the indicator and of 待处理 at once. Never shipped: only preview.html beside it loads this.
 */
import { previewAttachments } from './preview-attachments.ts';
import { mayReadRecord, type Actor } from '../../shared/core/access.ts';
import { operationOf, type Command } from '../../shared/core/command.ts';
import { decideTogether } from '../../shared/core/decide-together.ts';
import { readersIn, type AnyEntity } from '../../shared/core/entity.ts';
import { newId } from '../../shared/core/id.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { ok, refuse } from '../../shared/core/result.ts';
import { play } from '../../shared/core/play.ts';
import { registry } from '../../shared/modules/index.ts';
import { demoOperations } from '../../shared/testing/demo.ts';
import { seededSource } from '../../shared/testing/random.ts';
import { town } from '../../shared/testing/town.ts';
import type { Desk, Draft, SyncState, TrayItem } from '../core/desk.ts';
import { createSearchFeed } from '../core/engine/search-feed.ts';
import { createDoubles } from '../core/memory/doubles.ts';
import { createLocalOperations } from '../core/memory/local-operations.ts';
import { createRecords } from '../core/memory/records.ts';
import { createTopics } from '../core/memory/topics.ts';
import { windowPorts } from '../core/ports.ts';
import { readings } from '../core/search/readings.ts';

const EPOCH = 'preview';

export interface Preview {
  readonly desk: Desk;
  readonly setSync: (state: Partial<SyncState>) => void;
}

/** @param me who sits there: a key of the town's people */
export function previewDesk(now: number, me: keyof typeof town.people = 'zhouMin'): Preview {
  const source = seededSource(20261123);
  const { zhouMin, chenGuodong } = town.people;
  const person = town.people[me];
  const actor: Actor = {
    id: person.id,
    grants: person.grants,
    isNamed: (matter) => {
      const shown = records.shown(matter);
      const declared = shown && registry.entities.get(shown.entity);
      return declared !== undefined && readersIn(declared, shown?.values ?? {}).includes(person.id);
    },
  };
  const today = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10);
  const topics = createTopics();
  const operations = createLocalOperations();
  const records = createRecords({ registry, operations, epoch: () => ({ epoch: EPOCH, restoredHead: 0 }) });
  const doubles = createDoubles({
    entities: registry.entities,
    entityOf: (id) => registry.entities.get(records.entityOf(id)),
    shown: records.shown,
    readings,
  });
  const search = createSearchFeed({
    registry,
    records,
    doubles,
    readings,
    timers: windowPorts().timers,
    onGrown: (hasNewPairs) => topics.tell(hasNewPairs ? ['search', 'tray'] : []),
  });
  const drafts = new Map<string, Draft>();
  const unconfirmed: Operation[] = [];
  const aside = new Set<string>();
  let seq = 0;
  let sync: SyncState = {
    pending: 0,
    conflicts: 0,
    attention: 0,
    connection: 'online',
    since: new Date(now - 5_000_000).toISOString(),
    lastSync: new Date(now - 20_000).toISOString(),
  };

  const put = (record: RecordState): void => {
    records.take([
      {
        id: record.id,
        entity: record.entity,
        scope: record.scope,
        via: record.scope,
        seq: record.seq,
        epoch: EPOCH,
        text: JSON.stringify(record),
      } as never,
    ]);
    search.changed(records.linked([record.id]));
  };
  const operation = (command: Command, entity: AnyEntity, at: number): Operation =>
    operationOf(command, entity, {
      id: newId('operation', at, source.bytes),
      author: person.id,
      device: 'device_00000000000000000000000001',
      at: new Date(at).toISOString(),
      after: [],
      seen: records.shown(command.record),
      seenOther: 'other' in command ? records.shown(command.other) : undefined,
      basis: { epoch: EPOCH, seq },
      newEntryId: () => newId('entry', at, source.bytes),
      ...(entity.numberField !== undefined && { temporaryNumber: `临-A-${seq}` }),
    });
  const run = (command: Command) => {
    const entity = registry.entities.get(command.entity);
    if (!entity) return refuse({ code: 'unknownEntity' } as const);
    seq += 1;
    const sent = operation(command, entity, now);
    const decided = decideTogether(records.shown, sent, {
      entity,
      roles: registry.roles,
      actor,
      epoch: EPOCH,
      seq,
    });
    if (!decided.ok) return decided;
    for (const record of decided.value) put(record);
    seq += decided.value.length - 1;
    return ok(sent);
  };

  // One batch: a desk that opens does not draw three thousand times.
  const states = new Map<string, RecordState>();
  for (const one of demoOperations({ today, epoch: EPOCH })) {
    const entity = registry.entities.get(one.entity);
    if (entity)
      states.set(one.record, play(states.get(one.record), one, { entity, seq: (seq += 1), basis: seq }));
  }
  for (const state of states.values()) put(state);
  const foreign = [...states.values()].filter((state) => !mayReadRecord(actor, state, registry.roles));
  for (const { id, scope } of foreign) records.lose(scope, [id]);

  const refused: TrayItem[] = [];
  const matters = records.list({ entity: 'mediation' });
  const [first, second] = matters.filter(({ created }) => created.by === zhouMin.id);
  if (first) {
    const mine = {
      by: zhouMin.id,
      at: new Date(now - 7_200_000).toISOString(),
      seq,
      operation: newId('operation', now, source.bytes),
    };
    put({
      ...first,
      seq: (seq += 1),
      values: {
        ...first.values,
        subject: '三楼卫生间渗水到二楼，吊顶发霉。双方已同意一起请物业上门查水管。',
      },
      writers: {
        ...first.writers,
        subject: { ...mine, by: chenGuodong.id, at: new Date(now - 3_600_000).toISOString() },
      },
      conflicts: {
        subject: {
          base: '三楼卫生间渗水到二楼。',
          rivals: [{ value: '三楼卫生间渗水到二楼，二楼吊顶和墙面受损，要求赔偿 2 600 元。', writer: mine }],
        },
      },
    });
  }
  const entity = registry.entities.get('mediation');
  if (second && entity) {
    const sent = operation(
      {
        kind: 'change',
        entity: 'mediation',
        record: second.id,
        values: { subject: '楼道堆物影响通行，邻居担心消防安全。' },
      },
      entity,
      now - 600_000,
    );
    refused.push({
      kind: 'refused',
      operation: sent,
      reason: { code: 'schema', problems: [{ code: 'tooShort', field: 'subject', details: { min: 20 } }] },
      record: second,
      dependents: [newId('operation', now, source.bytes)],
    });
  }

  const tray = (): readonly TrayItem[] => [
    ...matters.flatMap(({ id }) => {
      const record = records.shown(id);
      return Object.keys(record?.conflicts ?? {}).map((field) => ({
        kind: 'conflict' as const,
        record: record as RecordState,
        field,
      }));
    }),
    ...refused.filter((item) => 'operation' in item && !aside.has(item.operation.id)),
    ...[...registry.entities.keys()]
      .flatMap((name) => doubles.all(name))
      .map((duplicate) => ({ kind: 'duplicate' as const, duplicate })),
  ];
  const tellAll = (record: string, name: string): void => topics.tell([record, name, 'sync', 'tray']);
  const runOwn: Desk['run'] = async (command) => {
    const done = run(command);
    if (!done.ok) return refuse(done.error);
    unconfirmed.push(done.value);
    tellAll(command.record, command.entity);
    return ok({ record: command.record, operations: [done.value.id] });
  };

  const desk: Desk = {
    registry,
    attachments: previewAttachments(),
    me: { ...actor, name: person.name },
    get: (id) => {
      const record = records.shown(records.survivorOf(id));
      return record && { record, pending: unconfirmed.filter((one) => one.record === id).length };
    },
    list: (query) => records.list(query, search.matching(query)),
    places: (query) => records.places(query, search.matching(query)),
    touched: (name, few) => records.touched(name, person.id, few),
    itself: records.shown,
    absorbed: (id) =>
      records
        .idsFor(id)
        .slice(1)
        .flatMap((one) => records.shown(one) ?? []),
    duplicatesOf: (id) => doubles.of(records.survivorOf(id)),
    duplicates: doubles.all,
    like: (name, values, except) => doubles.like(name, values, except),
    counts: records.counts,
    pointing: records.pointing,
    search: (text, { entity: name, limit = 20 } = {}) =>
      search.find(text, { limit, ...(name !== undefined && { entity: name }) }),
    open: (id) => ({
      seen: id === undefined ? undefined : records.shown(records.survivorOf(id)),
      basis: { epoch: EPOCH, seq },
      after: [],
    }),
    reached: () => ({ epoch: EPOCH, cursors: [] }),
    run: runOwn,
    runAll: async (commands) => {
      const [first] = commands;
      for (const command of commands) {
        const done = run(command);
        if (!done.ok) return refuse(done.error);
        unconfirmed.push(done.value);
      }
      if (first) topics.tell([...commands.map(({ record }) => record), first.entity, 'sync', 'tray']);
      return ok({ record: first?.record ?? '', operations: [] });
    },
    newId: (name) => newId(name, Date.now(), (length) => crypto.getRandomValues(new Uint8Array(length))),
    sync: () => ({
      ...sync,
      pending: sync.pending + unconfirmed.length,
      conflicts: tray().filter(({ kind }) => kind === 'conflict').length,
      attention: tray().filter(({ kind }) => kind === 'refused' || kind === 'held').length,
    }),
    syncNow: () => {
      unconfirmed.length = 0;
      topics.tell(['sync']);
    },
    tray,
    unconfirmed: () => [
      ...unconfirmed.map((one) => ({ operation: one, standing: 'pending' as const, seq: null })),
      ...refused.flatMap((item) =>
        'operation' in item ? [{ operation: item.operation, standing: item.kind, seq: null }] : [],
      ),
    ],
    correct: async () => refuse({ code: 'damaged' }),
    handOver: async () => refuse({ code: 'damaged' }),
    setAside: async (id) => {
      aside.add(id);
      topics.tell(['sync', 'tray']);
      return ok(undefined);
    },
    review: () => ({ cases: [], hasMore: false }),
    askReview: () => Promise.resolve(),
    history: async () => [],
    checkTrail: async () => refuse('network'),
    saveDraft: async (draft) => {
      drafts.set(draft.key, { ...draft, savedAt: new Date().toISOString() });
      topics.tell(['drafts']);
    },
    draft: (key) => drafts.get(key),
    drafts: () => [...drafts.values()],
    kept: async () => undefined,
    dropDraft: async (key) => {
      drafts.delete(key);
      topics.tell(['drafts']);
    },
    now: () => now,
    subscribe: topics.subscribe,
    version: topics.version,
    close: async () => undefined,
  };
  return {
    desk,
    setSync: (state) => {
      sync = { ...sync, ...state };
      topics.tell(['sync']);
    },
  };
}
