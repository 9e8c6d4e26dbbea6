/**
 * The desk behind the screens of an unlocked window, for what no hand types: hundreds of registrations at a time, through the real
 * rules, seal, journal and store. React hands it to every screen; it is found there, so that the app needs no door for tests.
 */
import type { Page } from '@playwright/test';

/** As much of it as is used here; renderer/core/desk.ts is the whole. */
interface Desk {
  readonly newId: (entity: string) => string;
  readonly runAll: (
    commands: readonly unknown[],
  ) => Promise<{ readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } }>;
  readonly list: (query: { readonly entity: string }) => readonly {
    readonly id: string;
    readonly area: string;
    readonly values: Readonly<Record<string, unknown>>;
  }[];
  readonly sync: () => { readonly pending: number; readonly connection: string };
}

declare global {
  interface Window {
    deskInside?: Desk;
    readonly linli?: {
      readonly ask: (name: 'settings.change', input: { lockAfter: number }) => Promise<unknown>;
    };
  }
}

/** Nobody touches the keys for minutes: it shall not lock over it. */
export const stayUnlocked = (page: Page): Promise<unknown> =>
  page.evaluate(() => window.linli?.ask('settings.change', { lockAfter: 15 }));

/** Once for each page; a lock replaces the page. */
export const findInside = (page: Page): Promise<void> =>
  page.evaluate(() => {
    type Fiber = {
      readonly memoizedProps?: { readonly value?: unknown } | null;
      readonly child?: Fiber | null;
      readonly sibling?: Fiber | null;
      readonly stateNode?: { readonly current?: Fiber } | null;
    };
    const root = document.getElementById('root') as unknown as Record<string, Fiber>;
    const key = Object.keys(root).find((name) => name.startsWith('__reactContainer'));
    const top = key === undefined ? undefined : root[key];
    const waiting: (Fiber | null | undefined)[] = [top?.stateNode?.current ?? top];
    while (waiting.length > 0) {
      const fiber = waiting.pop();
      if (!fiber) continue;
      const value = fiber.memoizedProps?.value;
      if (typeof value === 'object' && value !== null && 'runAll' in value) {
        window.deskInside = value as Desk;
        return;
      }
      waiting.push(fiber.child, fiber.sibling);
    }
    throw new Error('no desk behind the screens');
  });

export interface Group {
  readonly area: string;
  readonly names: readonly string[];
}

/** Registers these residents, each group as one saving of at most 200. Prints `saved <first name>` for each that is saved. */
export const registerGroups = (page: Page, groups: readonly Group[]): Promise<void> =>
  page.evaluate(async (given) => {
    const desk = window.deskInside;
    if (!desk) throw new Error('find the desk first');
    for (const { area, names } of given) {
      const commands = names.map((name) => ({
        kind: 'create',
        entity: 'resident',
        record: desk.newId('resident'),
        area,
        values: { name },
      }));
      const done = await desk.runAll(commands);
      if (!done.ok) throw new Error(`not saved: ${done.error.code}`);
      console.info(`saved ${names[0] ?? ''}`);
    }
  }, groups);

/** As many visits to this resident as make one block, each full of words that nothing deflates: more than 64 KiB in one row. */
export const registerVisits = (page: Page, name: string): Promise<void> =>
  page.evaluate(async (visited) => {
    const desk = window.deskInside;
    const resident = desk?.list({ entity: 'resident' }).find(({ values }) => values['name'] === visited);
    if (!desk || !resident) throw new Error('nobody to visit');
    const words = (count: number): string =>
      Array.from(crypto.getRandomValues(new Uint16Array(count)), (number) =>
        String.fromCharCode(0x4e00 + (number % 20_000)),
      ).join('');
    const commands = Array.from({ length: 64 }, () => ({
      kind: 'create',
      entity: 'homeVisit',
      record: desk.newId('homeVisit'),
      area: resident.area,
      values: {
        ...{ resident: { id: resident.id, title: visited }, visitedAt: '2026-03-02T10:00', form: 'home' },
        ...{ content: words(1000), followUp: words(500) },
      },
    }));
    const done = await desk.runAll(commands);
    if (!done.ok) throw new Error(`not saved: ${JSON.stringify(done.error)}`);
  }, name);

/** Names of all residents that the desk shows. */
export const residentsInside = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    (window.deskInside?.list({ entity: 'resident' }) ?? []).map(({ values }) => String(values['name'])),
  );

/** What waits for the district's verdict. */
export const pendingInside = (page: Page): Promise<number> =>
  page.evaluate(() => window.deskInside?.sync().pending ?? -1);
