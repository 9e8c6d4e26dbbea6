/**
 * `test` for stories: opens districts and desks, and puts away whatever a story has opened, however it ends. Stories that run side
 * by side have a screen each, so that none takes the focus from another.
 */
import { test as base } from '@playwright/test';
import { openDisplay } from '../../build/display.ts';
import { type DistrictPlace, type TestDistrict, openDistrict } from './district.ts';
import { type Desk, openDesk } from './launch.ts';
import { type Line, openLine } from './line.ts';
import { type NarrowLine, type Quality, openNarrowLine } from './narrow-line.ts';

export interface Story {
  readonly openDistrict: (place?: DistrictPlace) => Promise<TestDistrict>;
  /** In front of a district. */
  readonly openLine: (district: string) => Promise<Line>;
  readonly openNarrowLine: (district: string, quality: Quality) => Promise<NarrowLine>;
  /** Not enrolled yet. */
  readonly openDesk: (env?: Readonly<Record<string, string>>) => Promise<Desk>;
}

interface Disposable {
  readonly dispose: () => Promise<void>;
}

export const test = base.extend<Story & { readonly opened: Disposable[] }, { readonly display: undefined }>({
  display: [
    async ({}, use) => {
      const screen = await openDisplay();
      Object.assign(process.env, screen.env);
      await use(undefined);
      screen.stop();
    },
    { scope: 'worker', auto: true },
  ],
  // Playwright reads the fixtures' needs out of this very pattern.
  opened: async ({}, use) => {
    const opened: Disposable[] = [];
    await use(opened);
    for (const one of opened.reverse()) await one.dispose();
  },
  openDistrict: async ({ opened }, use) => {
    await use(async (place) => {
      const district = await openDistrict(place);
      opened.push(district);
      return district;
    });
  },
  openLine: async ({ opened }, use) => {
    await use(async (district) => {
      const line = await openLine(district);
      opened.push(line);
      return line;
    });
  },
  openNarrowLine: async ({ opened }, use) => {
    await use(async (district, quality) => {
      const line = await openNarrowLine(district, quality);
      opened.push(line);
      return line;
    });
  },
  openDesk: async ({ opened }, use) => {
    await use(async (env) => {
      const desk = await openDesk(env);
      opened.push(desk);
      return desk;
    });
  },
});

export { expect } from '@playwright/test';
