/** Without a mouse: a dialog begins where there is something to choose and gives the keyboard back to what opened it. */
import { town } from '../shared/testing/town.ts';
import { enrolSynced } from './support/door.ts';
import { dialog } from './support/forms.ts';
import { visit } from './support/routes.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, chenGuodong, guAdmin } = town.people;

test('a record is shared, and nobody is disabled by a hasty Enter, by keys alone @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(180_000);
  const district = await openDistrict();
  const page = await (await openDesk()).page();
  await enrolSynced(page, district, zhouMin);
  await visit(page, '/list/mediation');
  await page.locator('.ant-table-row').first().click();
  const share = page.getByRole('main').getByRole('button', { name: /共享$/ });
  await share.press('Enter');
  await expect(dialog(page).getByRole('radio', { name: '一位同事' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.type('chengd');
  await expect(
    page.locator('.ant-select-item-option').filter({ hasText: chenGuodong.name }).first(),
  ).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toContainText(chenGuodong.name);
  const yes = dialog(page).getByRole('button', { name: /^共\s?享$/ });
  await expect(yes).toBeEnabled();
  await yes.press('Enter');
  await expect(page.getByRole('button', { name: `不再共享给${chenGuodong.name}` })).toBeVisible();
  await expect(share).toBeFocused();

  const office = await (await openDesk()).page();
  await enrolSynced(office, district, guAdmin);
  await visit(office, '/administration');
  const line = office.getByRole('row', { name: zhouMin.name });
  await line.getByRole('button', { name: /更多/ }).click();
  await office.getByRole('menuitem', { name: '停用账号' }).click();
  await expect(dialog(office).getByRole('button', { name: /取\s?消/ })).toBeFocused();
  await office.keyboard.press('Enter');
  await expect(dialog(office)).toHaveCount(0);
  await expect(line.getByText('已停用')).toHaveCount(0);
});
