/** Forms and lists as a person uses them: by the labels on the screen. */
import { type Locator, type Page, expect } from '@playwright/test';

type Place = Page | Locator;

/** What floats above everything belongs to the page, not to the dialog that opened it. */
const pageOf = (place: Place): Page => ('page' in place ? place.page() : place);

/** One of many: the list opens, the word is clicked. */
export async function choose(place: Place, label: string, option: string): Promise<void> {
  await place.getByRole('combobox', { name: label, exact: true }).click();
  await pageOf(place)
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: option })
    .first()
    .click();
}

/** One of few, which lie open. */
export async function mark(place: Place, label: string, option: string): Promise<void> {
  await place
    .getByRole('radiogroup', { name: label, exact: true })
    .getByText(option, { exact: true })
    .click();
}

/** A record by what people type: name, pinyin, initials, digits. */
export async function pick(place: Place, label: string, typed: string, name: string): Promise<void> {
  const box = place.getByRole('combobox', { name: label, exact: true });
  await box.click();
  await box.fill(typed);
  await pageOf(place)
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: name })
    .first()
    .click();
}

export const write = (place: Place, label: string, text: string): Promise<void> =>
  place.getByRole('textbox', { name: label, exact: true }).fill(text);

/** A day or a minute as typed: 20261123, and 14:30 beside it. */
export async function writeMinute(place: Place, label: string, day: string, time: string): Promise<void> {
  await write(place, label, day);
  await place.getByLabel(`${label}：时间`, { exact: true }).fill(time);
}

export const dialog = (page: Page): Locator => page.getByRole('dialog');

/** Saved means saved: the form goes and the words come after the commit point and not before (sync.md S1). */
export async function save(form: Locator, button = '保存'): Promise<void> {
  await form.getByRole('button', { name: button, exact: true }).click();
  await expect(form).toBeHidden();
  await expect(form.page().getByText('已保存在本机').first()).toBeVisible();
}

export async function go(page: Page, item: string): Promise<void> {
  await page.getByRole('navigation', { name: '主导航' }).getByText(item, { exact: true }).click();
}

/** The one indicator of where the work is. */
export const indicator = (page: Page): Locator => page.getByRole('button', { name: /^我的内容到哪儿了/ });

export async function search(page: Page, typed: string): Promise<Locator> {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: '查找' }).fill(typed);
  return page.getByRole('listbox', { name: '查找结果' }).getByRole('option');
}
