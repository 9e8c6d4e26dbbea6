/**
 * A district in one object, for rule tests: people ask, `decide` answers, accepted operations are played and numbered. Everybody has
 * seen everything; stories of who knew what belong to the core's own tests.
 */
import { operationOf, type Command } from '../core/command.ts';
import { decide } from '../core/decide.ts';
import { readersIn, type AnyEntity } from '../core/entity.ts';
import type { Values } from '../core/field/base.ts';
import type { Reference } from '../core/field/reference.ts';
import type { SharedWith } from '../core/operation.ts';
import type { RecordState } from '../core/record.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Result } from '../core/result.ts';
import { newId } from '../core/id.ts';
import { registry } from '../modules/index.ts';
import { seededSource } from './random.ts';
import { referenceTo } from './teller.ts';
import type { TownPerson } from './town.ts';

const EPOCH = 'epoch_office';

/** A command without what the office knows by itself. */
export type Asked =
  | { readonly create: Values; readonly area: string }
  | { readonly change: Values; readonly of: string }
  | { readonly append: Readonly<Record<string, Values>>; readonly to: string }
  | { readonly advance: string; readonly of: string; readonly values?: Values }
  | { readonly share: string; readonly with: SharedWith }
  | { readonly unshare: string; readonly with: SharedWith }
  | { readonly move: string; readonly area: string };

export interface Office {
  /** @returns the record as it is then, or why not */
  readonly ask: (who: TownPerson, entity: string, asked: Asked) => Result<RecordState, Refusal>;
  /** The same where nothing may go wrong; throws with the refusal otherwise. */
  readonly done: (who: TownPerson, entity: string, asked: Asked) => RecordState;
  readonly reference: (record: RecordState) => Reference;
}

/** @param today `YYYY-MM-DD`; it is eleven o'clock */
export function openOffice(today: string): Office {
  const source = seededSource(7);
  const records = new Map<string, RecordState>();
  const at = new Date(`${today}T11:00:00+08:00`);
  let seq = 0;

  const entityOf = (name: string): AnyEntity => {
    const entity = registry.entities.get(name);
    if (!entity) throw new Error(`no entity ${name}`);
    return entity;
  };

  const namedIn = (id: string): readonly string[] => {
    const record = records.get(id);
    return record ? readersIn(entityOf(record.entity), record.values) : [];
  };

  const ask: Office['ask'] = (who, name, asked) => {
    const entity = entityOf(name);
    const command = commandOf(asked, name, newId(name, at.getTime(), source.bytes));
    const seen = records.get(command.record);
    const operation = operationOf(command, entity, {
      id: newId('operation', at.getTime(), source.bytes),
      author: who.id,
      device: 'device_office',
      at: at.toISOString(),
      after: [],
      seen,
      basis: { epoch: EPOCH, seq },
      newEntryId: () => newId('entry', at.getTime(), source.bytes),
      temporaryNumber: `临-A1-${seq + 1}`,
    });
    const decided = decide(seen, operation, {
      entity,
      roles: registry.roles,
      actor: { ...who, isNamed: (record) => namedIn(record).includes(who.id) },
      epoch: EPOCH,
      seq: seq + 1,
    });
    if (decided.ok) {
      seq += 1;
      records.set(command.record, decided.value);
    }
    return decided;
  };

  return {
    ask,
    done: (who, name, asked) => {
      const decided = ask(who, name, asked);
      if (!decided.ok) throw new Error(`${name}: ${JSON.stringify(decided.error)}`);
      return decided.value;
    },
    reference: (record) => referenceTo(record, entityOf(record.entity)),
  };
}

function commandOf(asked: Asked, entity: string, fresh: string): Command {
  if ('create' in asked)
    return { kind: 'create', entity, record: fresh, area: asked.area, values: asked.create };
  if ('change' in asked) return { kind: 'change', entity, record: asked.of, values: asked.change };
  if ('append' in asked) return { kind: 'change', entity, record: asked.to, append: asked.append };
  if ('share' in asked) return { kind: 'share', entity, record: asked.share, with: asked.with };
  if ('unshare' in asked) return { kind: 'unshare', entity, record: asked.unshare, with: asked.with };
  if ('move' in asked) return { kind: 'move', entity, record: asked.move, area: asked.area };
  return {
    kind: 'advance',
    entity,
    record: asked.of,
    to: asked.advance,
    ...(asked.values && { values: asked.values }),
  };
}
