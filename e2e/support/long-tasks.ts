/** How long the screen stood still: tasks of the page's own thread, as Chromium measures them. */
import type { Page } from '@playwright/test';

declare global {
  interface Window {
    longTasks?: number[];
  }
}

/** From now on. Chromium reports what takes 50 ms and more. */
export const watchTasks = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: number[] = [];
    window.longTasks = seen;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(Math.round(duration));
    }).observe({ type: 'longtask' });
  });

/** Milliseconds each, since the watch began. */
export const tasksSeen = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => window.longTasks ?? []);
