/** Records as people find, open, change and hand them over: what stories about places and reviews have in common. */
import { type Page, expect } from '@playwright/test';
import { dialog, save, search, write } from './forms.ts';

/** Found by what is typed; `title` where that is not what the record is called. */
export async function openRecord(page: Page, typed: string, title: string | RegExp = typed): Promise<void> {
  await (await search(page, typed)).first().click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

export async function chooseArea(page: Page, name: string): Promise<void> {
  await dialog(page).getByRole('combobox').click();
  await page.keyboard.type(name);
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: name })
    .first()
    .click();
}

export async function untilFound(page: Page, name: string, isThere: boolean): Promise<void> {
  await expect(async () => {
    const found = (await search(page, name)).filter({ hasText: name });
    if (isThere) await expect(found.first()).toBeVisible({ timeout: 1_500 });
    else await expect(found).toHaveCount(0, { timeout: 1_500 });
    await page.keyboard.press('Escape');
  }).toPass({ timeout: 60_000 });
  await page.keyboard.press('Escape');
}

/** Of the record that is open. */
export async function handOver(page: Page, area: string): Promise<void> {
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: /移交/ }).click();
  await chooseArea(page, area);
  await expect(dialog(page)).toContainText('您就看不到它了');
  await dialog(page)
    .getByRole('button', { name: /移\s?交/ })
    .click();
}

/** One text of the record that is open. */
export async function rewrite(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('button', { name: '修改' }).click();
  await write(page.getByRole('form'), label, text);
  await save(page.getByRole('form'));
}
