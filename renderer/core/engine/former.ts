/**
 * What this computer still has of a former life of the district (sync.md S8): offered before the first pull of the new epoch puts what
 * the district has now in its place, so that nothing is lost of which no journal is left. A scope whose pages have come in this epoch
 * has been offered; one that the district does not know any more is offered each turn, and stays as long as something of it is lacking.
 */
import { MOST_STATES } from '../../../shared/protocol/recovered.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Base } from '../store/base.ts';
import type { Trouble } from './district.ts';
import type { Engine } from './engine.ts';

/** Of one request, in characters. */
const MOST_TEXT = 500_000;

/** @returns what went wrong; then nothing may be pulled, and it is offered again */
export async function offerFormer(engine: Engine): Promise<Trouble | undefined> {
  const { epoch } = engine.state;
  const lacking = new Set<string>();
  for (const part of inParts(formerStates(engine))) {
    const states = part.map((base) => ({ epoch: base.epoch, state: JSON.parse(base.text) as RecordState }));
    const answer = await engine.district.recovered({ epoch, states });
    if (!answer.ok) return answer.error;
    for (const record of answer.value.lacking) lacking.add(record);
    await engine.ports.timers.pause();
  }
  engine.lacking = lacking;
  return undefined;
}

/** Whether something lies in this scope that the district has forgotten, and that may come back. */
export const isForgotten = (engine: Engine, scope: string): boolean =>
  engine.records
    .inScope(scope)
    .some((id) => isFormer(engine, engine.records.baseVia(id, scope)) && (engine.lacking?.has(id) ?? true));

/** Beyond the restored head: what lies below it the district has. */
function isFormer({ state: { epoch, restoredHead } }: Engine, base: Base | undefined): base is Base {
  return base !== undefined && base.epoch !== epoch && base.seq > restoredHead;
}

/** The newest of each record, of scopes of which nothing has been pulled in this epoch. */
function formerStates(engine: Engine): readonly Base[] {
  const { state, vault, records } = engine;
  const found = new Map<string, Base>();
  for (const scope of vault.scopes()) {
    if (state.cursors[scope]?.epoch === state.epoch) continue;
    for (const id of records.inScope(scope)) {
      const base = records.baseVia(id, scope);
      const known = found.get(id);
      if (isFormer(engine, base) && (!known || (known.epoch === base.epoch && known.seq < base.seq)))
        found.set(id, base);
    }
  }
  return [...found.values()];
}

function* inParts(bases: readonly Base[]): Iterable<readonly Base[]> {
  let part: Base[] = [];
  let length = 0;
  for (const base of bases) {
    if (part.length === MOST_STATES || (part.length > 0 && length + base.text.length > MOST_TEXT)) {
      yield part;
      [part, length] = [[], 0];
    }
    part.push(base);
    length += base.text.length;
  }
  if (part.length > 0) yield part;
}
