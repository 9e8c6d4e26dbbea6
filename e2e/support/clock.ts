/** A computer whose clock is wrong, in page and main process alike, without touching the clock of the machine. */
import type { ElectronApplication, Page } from '@playwright/test';

export const YEAR = 365.25 * 86_400_000;

export async function setClockAhead(app: ElectronApplication, page: Page, ahead: number): Promise<void> {
  await app.evaluate((_, off) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given: [] | [number]) {
        super(...((given.length === 0 ? [Real.now() + off] : given) as [number]));
      }
      static override now(): number {
        return Real.now() + off;
      }
    } as DateConstructor;
  }, ahead);
  await page.evaluate((off) => {
    const Real = Date;
    globalThis.Date = class extends Real {
      constructor(...given: [] | [number]) {
        super(...((given.length === 0 ? [Real.now() + off] : given) as [number]));
      }
      static override now(): number {
        return Real.now() + off;
      }
    } as DateConstructor;
  }, ahead);
}
