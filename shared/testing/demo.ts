/**
 * The demo district as the operations of the past months: invented, the same for the same day and counts, and accepted by `decide` one
 * after the other. Some clocks run out today, some have, so that the desk's first screen has something to say.
 */
import { addDays } from '../core/calendar/day.ts';
import type { Reference } from '../core/field/reference.ts';
import type { Operation } from '../core/operation.ts';
import type { SampleGiven } from '../core/sample.ts';
import { confidentialEntry } from '../modules/confidential/confidential-entry.ts';
import { confidentialNote } from '../modules/confidential/confidential-note.ts';
import { area } from '../modules/directory/area.ts';
import { person } from '../modules/directory/person.ts';
import { mediation } from '../modules/mediation/mediation.ts';
import { careTag } from '../modules/residents/care-tag.ts';
import { homeVisit } from '../modules/residents/home-visit.ts';
import { resident } from '../modules/residents/resident.ts';
import { participation } from '../modules/training/participation.ts';
import { trainingEvent } from '../modules/training/training-event.ts';
import { seededSource, type SeededSource } from './random.ts';
import { createTeller, type Teller, type Told } from './teller.ts';
import { town, type TownArea, type TownPerson } from './town.ts';

export interface DemoOptions {
  /** `YYYY-MM-DD`; everything was written before it. */
  readonly today: string;
  readonly epoch: string;
  readonly residents?: number;
  readonly mediations?: number;
  readonly trainingEvents?: number;
}

/** @returns operations in causal order */
export function demoOperations({
  today,
  epoch,
  residents = 3000,
  mediations = 60,
  trainingEvents = 20,
}: DemoOptions): Iterable<Operation> {
  const source = seededSource(310_104);
  const device = `device_${'0'.repeat(21)}DEM0A`;
  const teller = createTeller({ source, epoch, today, device });
  const demo: Demo = { teller, source, today, people: new Map(), areas: new Map(), residents: new Map() };
  tellDirectory(demo);
  tellResidents(demo, residents);
  tellMediations(demo, mediations);
  tellTraining(demo, trainingEvents);
  tellConfidential(demo);
  return teller.operations();
}

interface Demo {
  readonly teller: Teller;
  readonly source: SeededSource;
  readonly today: string;
  readonly people: Map<string, Reference>;
  readonly areas: Map<string, Reference>;
  /** By the code of the committee. */
  readonly residents: Map<string, Reference[]>;
}

const { areas, people } = town;

/** Most of it happens in committee A. */
const SHARES: readonly {
  readonly home: TownArea;
  readonly until: number;
  readonly staff: readonly TownPerson[];
}[] = [
  { home: areas.jiangnan, until: 0.6, staff: [people.zhouMin, people.chenGuodong] },
  { home: areas.rihui, until: 0.82, staff: [people.liXiulan] },
  { home: areas.lingling, until: 1, staff: [people.qiuWeimin] },
];

function shareFor(source: SeededSource): (typeof SHARES)[number] {
  const place = source.whole(1000) / 1000;
  return SHARES.find(({ until }) => place < until) ?? SHARES[0]!;
}

function tellDirectory({ teller, source, today, people: known, areas: named }: Demo): void {
  const began = addDays(today, -700);
  const author = people.guAdmin.id;
  for (const { id, code, name, shortName, level } of Object.values(areas)) {
    const values = { code, name, shortName, level };
    const told = teller.tell({
      entity: area,
      area: town.district,
      author,
      id,
      story: { values },
      createdOn: began,
    });
    named.set(code, told.reference);
  }
  for (const { id, name, phone, unit, post, grants } of Object.values<TownPerson>(people)) {
    const roles = grants.flatMap(({ role, area: code }) => {
      const where = named.get(code);
      return where ? [{ role, area: where }] : [];
    });
    const values = { name, phone, unit, post, roles, active: true };
    const told = teller.tell({
      entity: person,
      area: town.district,
      author,
      id,
      story: { values },
      createdOn: began,
    });
    known.set(id, told.reference);
  }
  // Colleagues without an account: they are chosen as visitors and come to the courses.
  for (let index = 0; index < 24; index++) {
    const story = person.sample(
      givenIn({ source, today, index, home: areas.xuhui, author: known.get(author) }),
    );
    const values = { ...story.values, unit: source.pick([areas.jiangnan, areas.rihui, areas.lingling]).name };
    const told = teller.tell({
      entity: person,
      area: town.district,
      author,
      story: { values },
      createdOn: began,
    });
    known.set(told.record.id, told.reference);
  }
}

function tellResidents(demo: Demo, count: number): void {
  const { teller, source, today, residents } = demo;
  const add = (home: TownArea, told: Told): void => {
    residents.set(home.code, [...(residents.get(home.code) ?? []), told.reference]);
  };
  for (const { home } of SHARES) residents.set(home.code, []);
  const named = Object.values(town.residents).slice(0, count);
  for (const { id, values } of named) {
    const author = people.zhouMin.id;
    // The counsellor from outside sees the one whom she visits, and nobody else.
    const isVisited = id === town.residents.zhangXiuying.id;
    const steps = isVisited ? [{ share: { person: people.zhangHuifen.id } }] : [];
    const story = { values, steps };
    add(areas.jiangnan, teller.tell({ entity: resident, area: areas.jiangnan.code, author, id, story }));
  }
  const rest = count - named.length;
  for (let index = 0; index < rest; index++) {
    const { home, staff } = shareFor(source);
    const author = source.pick(staff);
    const story = resident.sample(
      givenIn({ source, today, index, home, author: demo.people.get(author.id) }),
    );
    const told = teller.tell({ entity: resident, area: home.code, author: author.id, story });
    residents.get(home.code)?.push(told.reference);
  }
  tellCare(demo, count);
}

/** Care tags and visits; the need-to-know tags are written by the one who may read them. */
function tellCare({ teller, source, today, people: known, residents }: Demo, count: number): void {
  const visits = Math.ceil(count / 15);
  for (let index = 0; index < visits; index++) {
    const { home, staff } = shareFor(source);
    const author = source.pick(staff);
    const given = givenIn({
      source,
      today,
      index,
      home,
      author: known.get(author.id),
      residents: residents.get(home.code),
    });
    teller.tell({ entity: careTag, area: home.code, author: author.id, story: careTag.sample(given) });
    teller.tell({ entity: homeVisit, area: home.code, author: author.id, story: homeVisit.sample(given) });
  }
  const { shenLijuan } = people;
  const home = areas.jiangnan;
  for (const tag of ['correction', 'reentry', 'rehabilitation', 'mental']) {
    const author = known.get(shenLijuan.id);
    const given = givenIn({ source, today, index: 0, home, author, residents: residents.get(home.code) });
    const values = { ...careTag.sample(given).values, tag, source: 'department' };
    teller.tell({ entity: careTag, area: home.code, author: shenLijuan.id, story: { values } });
  }
}

function tellMediations({ teller, source, today, people: known, residents }: Demo, count: number): void {
  for (let index = 0; index < count; index++) {
    const { home, staff } = shareFor(source);
    const author = staff[index % staff.length] ?? people.zhouMin;
    const given = givenIn({
      source,
      today,
      index,
      home,
      author: known.get(author.id),
      residents: residents.get(home.code),
    });
    const { values, steps = [] } = mediation.sample(given);
    // A quarrel across the wall between two committees.
    const share = { share: { area: areas.rihui.code } };
    const isNextDoor = home === areas.jiangnan && index % 20 === 0;
    const story = { values, steps: isNextDoor ? [...steps, share] : steps };
    teller.tell({ entity: mediation, area: home.code, author: author.id, story });
  }
}

/** Notes that only those see who are named in them, one of them with what came of it. */
function tellConfidential({ teller, source, today, people: known }: Demo): void {
  const home = areas.jiangnan;
  const { zhangHuifen, wuGuifang, heJianping, luZhenhua, zhouMin } = people;
  const pairs = [
    [zhangHuifen, wuGuifang],
    [heJianping, luZhenhua],
    [wuGuifang, zhouMin],
  ] as const;
  for (const [index, [writer, reader]] of pairs.entries()) {
    const given = givenIn({ source, today, index, home, author: known.get(writer.id) });
    const about = (entity: string) => known.get(entity === 'person' ? reader.id : '');
    const story = confidentialNote.sample({ ...given, reference: about });
    const author = writer.id;
    const note = teller.tell({ entity: confidentialNote, area: home.code, author, story });
    const reference = () => note.reference;
    const entry = confidentialEntry.sample({ ...given, reference });
    if (index === 0) teller.tell({ entity: confidentialEntry, area: home.code, author, story: entry });
  }
}

function tellTraining({ teller, source, today, people: known }: Demo, count: number): void {
  const staff = [...known.values()];
  for (let index = 0; index < count; index++) {
    const [home, host] = index % 4 === 3 ? [areas.fenglin, people.huangYaqin] : [areas.xietu, people.zhouMin];
    const given = givenIn({ source, today, index, home, author: known.get(host.id) });
    const story = trainingEvent.sample(given);
    const startsAt = String(story.values['startsAt']);
    const planned = addDays(startsAt.slice(0, 10), -18);
    const yesterday = addDays(today, -1);
    const event = teller.tell({
      entity: trainingEvent,
      area: home.code,
      author: host.id,
      story,
      createdOn: planned < yesterday ? planned : yesterday,
      notBefore: (step) =>
        'advance' in step && (step.advance === 'held' || step.advance === 'closed') ? startsAt : undefined,
    });
    const { stage } = event.record.values;
    if (stage === 'planned' || stage === 'cancelled') continue;
    const comers = 5 + source.whole(14);
    const offset = source.whole(staff.length);
    for (let seat = 0; seat < comers; seat++) {
      const comer = seat === 0 ? known.get(people.zhouMin.id) : staff[(offset + seat) % staff.length];
      if (!comer || (seat > 0 && comer.id === people.zhouMin.id)) continue;
      const before = addDays(startsAt.slice(0, 10), -1 - source.whole(6));
      teller.tell({
        entity: participation,
        area: home.code,
        author: host.id,
        story: participation.sample({
          ...given,
          reference: (entity) => (entity === 'trainingEvent' ? event.reference : comer),
        }),
        createdOn: before < yesterday ? before : yesterday,
        notBefore: () => startsAt,
      });
    }
  }
}

interface Giving {
  readonly source: SeededSource;
  readonly today: string;
  readonly index: number;
  readonly home: TownArea;
  readonly author: Reference | undefined;
  readonly residents?: readonly Reference[] | undefined;
}

function givenIn({ source, today, index, home, author, residents = [] }: Giving): SampleGiven {
  return {
    source,
    index,
    today,
    area: { code: home.code, name: home.name },
    author: author ?? { id: people.guAdmin.id, title: people.guAdmin.name },
    reference: (entity) =>
      entity === 'resident' && residents.length > 0 ? source.pick(residents) : undefined,
  };
}
