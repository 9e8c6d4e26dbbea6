/** Whatever a module declares opens: its list, a record of it and an empty form, without a broken view. Walks over the registry. */
import type { Page } from '@playwright/test';
import { registry } from '../shared/modules/index.ts';
import { town } from '../shared/testing/town.ts';
import { enrolSynced } from './support/door.ts';
import { expect, test } from './support/story.ts';

test('every entity of the registry opens as list, record and form', async ({ openDistrict, openDesk }) => {
  const district = await openDistrict();
  const desk = await openDesk();
  const page = await desk.page();
  const broken: string[] = [];
  page.on('pageerror', ({ message }) => broken.push(message));
  await enrolSynced(page, district, town.people.zhouMin);

  for (const { name, label, access, sections, fields, place } of registry.entities.values()) {
    if (place === 'hidden') continue;
    await test.step(label.zh, async () => {
      await visit(page, `/list/${name}`);
      await expect(page.getByRole('heading', { level: 1, name: label.zh })).toBeVisible();
      const first = page.locator('.ant-table-row').first();
      if ((await first.count()) > 0) {
        await first.click();
        await expect(page).toHaveURL(/#\/record\//);
        await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
        await expect(page.getByText('全程留痕')).toBeVisible();
      }
      const mayCreate = town.people.zhouMin.grants.some(({ role }) => access.create.includes(role));
      if (!mayCreate) return;
      await visit(page, `/new/${name}`);
      const form = page.getByRole('form');
      for (const field of sections.flatMap((section: { fields: readonly string[] }) => section.fields)) {
        const declared = fields[field];
        const isAsked = declared.merge !== 'server' && declared.merge !== 'append';
        if (isAsked) await expect(form.getByText(declared.label.zh, { exact: true }).first()).toBeAttached();
      }
    });
    await expect(page.getByText('这一页出了点问题')).toHaveCount(0);
  }
  expect(broken).toEqual([]);
});

/** By the address, so that what stands in no navigation is visited too. */
const visit = (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = `#${to}`;
  }, path);
