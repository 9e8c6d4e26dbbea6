/** What desks have brought from before a restoration and no journal has brought back: who, where, what kind; no contents. */
import { isWithin } from '../../../shared/core/access.ts';
import { ok, refuse } from '../../../shared/core/result.ts';
import type { AdministrationOutput } from '../../../shared/protocol/administer.ts';
import { lacking, stateIn } from '../../judge/bring-back.ts';
import type { StoredRecovered } from '../../ledger/recovered.ts';
import type { Reading } from '../../ledger/transactor.ts';
import { DONE, type Carried, type Done, type Office } from './office.ts';

type Listed = AdministrationOutput<'recovered.list'>['recovered'][number];

export async function listRecovered(office: Office): Carried<AdministrationOutput<'recovered.list'>> {
  const recovered = await office.parts.transactor.read(async (reading) => {
    const open = (await waiting(reading)).filter((one) => isWithinReach(office, one));
    const people = open.flatMap((one) => [one.person, lastOf(one).by]);
    const names = new Map((await reading.persons([...new Set(people)])).map(({ id, name }) => [id, name]));
    const present = new Set((await reading.records(open.map(({ record }) => record))).map(({ id }) => id));
    return open.map((one): Listed => {
      const { by, at } = lastOf(one);
      return {
        record: one.record,
        entity: one.entity,
        area: one.area,
        author: { id: by, name: names.get(by) ?? '' },
        at,
        broughtBy: { id: one.person, name: names.get(one.person) ?? '' },
        device: one.device,
        isWhole: !present.has(one.record),
      };
    });
  });
  return ok({ recovered });
}

export async function approveRecovered(
  office: Office,
  { record }: { readonly record: string },
): Carried<Done> {
  const { transactor, bringBack } = office.parts;
  const kept = (await transactor.read(waiting)).filter((one) => one.record === record);
  if (kept.length === 0) return refuse('malformed');
  if (!kept.every((one) => isWithinReach(office, one))) return refuse('outside-area');
  return (await bringBack({ record, by: office.person ?? '' })) ? ok(DONE) : refuse('malformed');
}

/** What came back by a journal meanwhile needs nobody's approval. */
async function waiting(reading: Reading): Promise<readonly StoredRecovered[]> {
  const open = (await reading.recovered()).filter(({ approvedAt }) => approvedAt === null);
  const still = new Set((await lacking(reading, open.map(stateIn))).map(({ id }) => id));
  return open.filter(({ record }) => still.has(record));
}

const isWithinReach = ({ areas }: Office, { area }: StoredRecovered): boolean =>
  areas.some((around) => isWithin(area, around));

/** Who wrote last, and when by their own clock. */
function lastOf(one: StoredRecovered): { readonly by: string; readonly at: string } {
  const state = stateIn(one);
  const writers = [state.created, ...Object.values(state.writers)];
  return writers.reduce((last, writer) => ((writer.seq ?? 0) > (last.seq ?? 0) ? writer : last));
}
