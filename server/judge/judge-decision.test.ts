import { beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../shared/core/operation.ts';
import { withGrants } from '../people/grants.ts';
import { chen, createChain, createCourt, li, lu, wu, zhou, type Court } from '../testing/court.ts';
import { JIANGNAN, RIHUI } from '../testing/village.ts';

let court: Court;
beforeEach(async () => {
  court = await createCourt();
});

type Rest = Partial<Operation>;
const confirmed = ({ id }: Operation, seq: number) => ({ id, verdict: 'confirmed', seq });
const held = ({ id }: Operation, code = 'access', operation?: string) => ({
  id,
  verdict: 'held',
  reason: { code, ...(operation !== undefined && { operation }) },
});
const refused = ({ id }: Operation, reason: object) => ({ id, verdict: 'refused', reason });
const declined = (operation: Operation, decision: Operation) =>
  refused(operation, { code: 'declined', operation: decision.id });

const write = ({ record, entity }: Operation, set: Record<string, unknown>, rest: Rest = {}): Operation =>
  court.pen.change(record, set, { entity, ...rest });
const move = ({ record, entity }: Operation, area: string, rest: Rest = {}): Operation => ({
  ...court.pen.change(record, {}, { entity, area, ...rest }),
  kind: 'move',
  set: undefined,
});
const decide = (
  kind: 'accept' | 'decline',
  [first, ...others]: readonly [Operation, ...Operation[]],
  by: { readonly id: string } = wu,
  rest: Rest = {},
): Operation => ({
  ...court.pen.change(first.record, {}, { entity: first.entity, author: by.id, ...rest }),
  kind,
  set: undefined,
  reviews: [first, ...others].map(({ id }) => id),
  ...(kind === 'decline' && rest.words === undefined && { words: '已经在电话里说定了，不再改' }),
});
/** Her right to casework of the committee is taken away. */
const takeRightsOf = async (person: typeof zhou): Promise<void> => {
  await court.transactor.transact((writing) => writing.savePerson(withGrants(person, [])));
  await court.wake(`person:${person.id}`);
};
const verdictsOf = (...operations: readonly Operation[]) =>
  Promise.all(operations.map((one) => court.verdict(one)));
const waiting = async (): Promise<readonly string[]> =>
  (await court.transactor.read((reading) => reading.forReview(100))).map(({ id }) => id);

/** A matter, and what 周敏 wrote into it before she knew that her rights were gone. */
async function written(...notes: readonly string[]): Promise<readonly Operation[]> {
  const matter = court.pen.create('漏水');
  await court.submit(matter);
  await takeRightsOf(zhou);
  const late = notes.map((note) => write(matter, { note }));
  await court.submit(...late);
  return [matter, ...late];
}

describe('S14 a decision on what is held', () => {
  it('S14-2 lets it take effect once, in its author’s name and with its own time, and stands with it', async () => {
    const [matter, late] = (await written('断网时写的')) as [Operation, Operation];
    expect(await waiting()).toEqual([late.id]);
    const yes = decide('accept', [late]);
    expect(await court.submit(yes)).toEqual([confirmed(yes, 2)]);
    expect(await court.verdict(late)).toEqual(confirmed(late, 3));
    const record = await court.record(matter.record);
    expect(record?.values['note']).toBe('断网时写的');
    expect(record?.writers['note']).toEqual({ by: zhou.id, at: late.at, seq: 3, operation: late.id });
    expect((await court.stored(late))?.review).toBe(yes.id);
    expect(await waiting()).toEqual([]);
    const history = await court.transactor.read((reading) => reading.history(matter.record));
    expect(history.map(({ id }) => id)).toEqual([matter.id, yes.id, late.id]);
    // Sent again, or decided again in the same way by somebody else: nothing happens twice.
    const again = decide('accept', [late], lu);
    expect(await court.submit(yes, late, again)).toEqual([
      confirmed(yes, 2),
      confirmed(late, 3),
      confirmed(again, 4),
    ]);
  });

  it('S14-3 sends it back with the decision by which its author finds the words; the first decision stands', async () => {
    const [matter, late] = (await written('断网时写的')) as [Operation, Operation];
    const no = decide('decline', [late]);
    expect(await court.submit(no)).toEqual([confirmed(no, 2)]);
    expect(await court.verdict(late)).toEqual(declined(late, no));
    const yes = decide('accept', [late], lu);
    expect(await court.submit(yes)).toEqual([refused(yes, { code: 'decided', operation: late.id })]);
    expect((await court.record(matter.record))?.values['note']).toBeUndefined();
    expect(await court.verdict(late)).toEqual(declined(late, no));
  });

  it('S14-4 refuses a decision of whoever may not review, and one without words or contents of its own', async () => {
    const [, late] = (await written('断网时写的')) as [Operation, Operation];
    const stranger = decide('accept', [late], li);
    const herself = decide('accept', [late], zhou);
    const silent = decide('decline', [late], wu, { words: ' ' });
    const stray = { ...decide('accept', [late]), set: { note: '夹带' } };
    const nothing = { ...decide('accept', [late]), reviews: undefined };
    expect(await court.submit(stranger, herself, silent, stray, nothing)).toEqual([
      refused(stranger, { code: 'access' }),
      refused(herself, { code: 'access' }),
      refused(silent, { code: 'schema', problems: [{ code: 'required', field: 'words' }] }),
      refused(stray, { code: 'schema', problems: [{ code: 'malformed', field: 'note' }] }),
      refused(nothing, { code: 'schema', problems: [{ code: 'required', field: 'reviews' }] }),
    ]);
    expect(await court.verdict(late)).toEqual(held(late));
  });

  it('S14-5 what cannot take effect any more stays held, and the reviewer reads why', async () => {
    const matter = court.pen.create('漏水');
    await court.submit(matter);
    await takeRightsOf(zhou);
    const drop = court.pen.advance(matter.record, 'dropped');
    const settle = court.pen.advance(matter.record, 'settled', { author: chen.id });
    expect(await court.submit(drop, settle)).toEqual([held(drop), confirmed(settle, 2)]);
    const yes = decide('accept', [drop]);
    expect(await court.submit(yes)).toEqual([refused(yes, { code: 'stageMoved', operation: drop.id })]);
    expect(await court.verdict(drop)).toEqual(held(drop));
    const no = decide('decline', [drop]);
    expect(await court.submit(no)).toEqual([confirmed(no, 3)]);
  });

  it('S14-6 takes along what was built on it, as far as the reviewer has seen it', async () => {
    const matter = court.pen.create('漏水');
    await court.submit(matter);
    await takeRightsOf(zhou);
    const first = write(matter, { note: '一' });
    const second = write(matter, { note: '二' }, { after: [first.id] });
    const third = write(matter, { note: '三' }, { after: [second.id] });
    expect(await court.submit(first, second, third)).toEqual([
      held(first),
      held(second, 'depends', first.id),
      held(third, 'depends', second.id),
    ]);
    const yes = decide('accept', [first, second]);
    await court.submit(yes);
    // The third one was not seen: it waits for a decision of its own.
    expect(await verdictsOf(first, second, third)).toEqual([
      confirmed(first, 3),
      confirmed(second, 4),
      held(third),
    ]);
    expect(await waiting()).toEqual([third.id]);
  });

  it('S14-6 a group takes effect whole or not at all', async () => {
    await takeRightsOf(zhou);
    const [one, two] = court.pen.group([court.pen.create('甲'), court.pen.create('乙')]) as [
      Operation,
      Operation,
    ];
    expect(await court.submit(one, two)).toEqual([held(one), held(two, 'group', one.id)]);
    const half = decide('accept', [one]);
    expect(await court.submit(half)).toEqual([refused(half, { code: 'group' })]);
    const whole = decide('accept', [one, two]);
    expect(await court.submit(whole)).toEqual([confirmed(whole, 1)]);
    expect(await verdictsOf(one, two)).toEqual([confirmed(one, 2), confirmed(two, 3)]);
    const history = await court.transactor.read((reading) => reading.history(two.record));
    expect(history.map(({ id }) => id)).toEqual([whole.id, two.id]);
  });

  it('S14-7 what a revoked computer delivers is decided on by whoever answers for it, with all that depends on it', async () => {
    const chain = createChain();
    const matter = court.pen.create('停用前写的');
    const change = write(matter, { note: '又补了一句' }, { after: [matter.id] });
    await court.send(chain.link(matter, { revoked: true }), chain.link(change, { revoked: true }));
    expect(await verdictsOf(matter, change)).toEqual([held(matter, 'revoked'), held(change, 'revoked')]);
    const yes = decide('accept', [matter, change]);
    await court.submit(yes);
    expect(await verdictsOf(matter, change)).toEqual([confirmed(matter, 2), confirmed(change, 3)]);
  });

  it('S14-7 declined, what was built on it waits for its author', async () => {
    const chain = createChain();
    const matter = court.pen.create('停用前写的');
    const change = write(matter, { note: '又补了一句' }, { after: [matter.id] });
    await court.send(chain.link(matter, { revoked: true }), chain.link(change, { revoked: true }));
    const no = decide('decline', [matter, change]);
    await court.submit(no);
    expect(await verdictsOf(matter, change)).toEqual([
      declined(matter, no),
      held(change, 'depends', matter.id),
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('S14-8 moved while its old handler works on it: the new home’s people decide, the old ones do not', async () => {
    const matter = court.pen.create('漏水');
    await court.submit(matter);
    const away = move(matter, RIHUI, { author: chen.id });
    const late = write(matter, { note: '不知道已移交' });
    expect(await court.submit(away, late)).toEqual([confirmed(away, 2), held(late)]);
    const [old, colleague, handler] = [wu, chen, li].map((by) => decide('accept', [late], by)) as [
      Operation,
      Operation,
      Operation,
    ];
    expect(await court.submit(old, colleague)).toEqual([
      refused(old, { code: 'access' }),
      refused(colleague, { code: 'access' }),
    ]);
    expect(await court.submit(handler)).toEqual([confirmed(handler, 3)]);
    expect(await court.verdict(late)).toEqual(confirmed(late, 4));
  });

  it('S14-9 a confidential matter is decided on by those whom it names, and by no supervisor', async () => {
    const reader = ({ id, name }: typeof zhou) => ({ id, title: name });
    const secret = court.pen.create('', {
      entity: 'secret',
      record: court.pen.id('secret'),
      set: { subject: '反映' },
      add: { readers: [zhou, chen].map(reader) },
    });
    const gone = { ...write(secret, {}), set: undefined, remove: { readers: [reader(chen)] } };
    const late = write(secret, { subject: '补充' }, { author: chen.id });
    await court.submit(secret);
    expect(await court.submit(gone, late)).toEqual([confirmed(gone, 2), held(late)]);
    const supervisor = decide('accept', [late]);
    const named = decide('accept', [late], zhou);
    expect(await court.submit(supervisor, named)).toEqual([
      refused(supervisor, { code: 'access' }),
      confirmed(named, 3),
    ]);
  });

  it('S10-4 handed over by its author, it waits for a decision and takes effect only with rights that its author had', async () => {
    const matter = court.pen.create('漏水');
    const hers = write(matter, { note: '请书记定' }, { handed: true });
    const never = write(matter, { note: '别的居委的人写的' }, { author: li.id, handed: true });
    expect(await court.submit(matter, hers, never)).toEqual([
      confirmed(matter, 1),
      held(hers, 'handed'),
      held(never, 'handed'),
    ]);
    const [yes, no] = [decide('accept', [hers]), decide('accept', [never])];
    expect(await court.submit(yes, no)).toEqual([
      confirmed(yes, 2),
      refused(no, { code: 'access', operation: never.id }),
    ]);
    expect(await verdictsOf(hers, never)).toEqual([confirmed(hers, 3), held(never, 'handed')]);
  });

  it('S14-10 S8 a decision that arrives before what it decides on waits for it', async () => {
    const matter = court.pen.create('漏水');
    await court.submit(matter);
    await takeRightsOf(zhou);
    const late = write(matter, { note: '断网时写的' });
    const yes = decide('accept', [late]);
    expect(await court.submit(yes)).toEqual([held(yes, 'depends', late.id)]);
    expect(await court.submit(late)).toEqual([confirmed(late, 3)]);
    expect(await court.verdict(yes)).toEqual(confirmed(yes, 2));
  });

  it('S14-4 somebody whose right to review was taken away decides nothing', async () => {
    const [, late] = (await written('断网时写的')) as [Operation, Operation];
    await takeRightsOf(wu);
    const yes = decide('accept', [late]);
    expect(await court.submit(yes)).toEqual([refused(yes, { code: 'access' })]);
    expect(JIANGNAN.startsWith(lu.grants[0]?.area ?? '-')).toBe(true);
  });
});
