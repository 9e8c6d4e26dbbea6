/**
 * The district administrator at work (issue: people and devices): adds somebody, gives a code, sees their computer, and revokes it; what
 * was written there arrives and waits for review, and the keys are destroyed.
 */
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { enrol, enrolSynced, lock, revokedPage } from './support/door.ts';
import { dialog, go, indicator, save, write } from './support/forms.ts';
import { expect, test } from './support/story.ts';

const { guAdmin } = town.people;

test('an account is made and used, its computer is seen and revoked @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const office = await (await openDesk()).page();
  await enrolSynced(office, district, guAdmin);
  await go(office, '管理');

  const code = await test.step('a new colleague gets a role and a code', async () => {
    await office.getByRole('button', { name: '新增人员' }).click();
    const form = dialog(office);
    await form.getByLabel('姓名').fill('钱若水');
    await choose(office, '第 1 个角色', '社区工作者');
    await choose(office, '第 1 个角色的辖区', '江南新村');
    await form.getByRole('button', { name: /保\s?存/ }).click();
    await expect(office.getByText('已新增钱若水')).toBeVisible();
    await office.getByLabel('按姓名找').fill('钱若水');
    await office
      .getByRole('row', { name: /钱若水/ })
      .getByRole('button', { name: '开通码' })
      .click();
    await dialog(office).getByRole('button', { name: '生成开通码' }).click();
    await expect(dialog(office)).toContainText('只能用一次');
    const shown = /[2-9A-HJ-NP-TW-Z]{5}[\s-]?[2-9A-HJ-NP-TW-Z]{5}/.exec(
      (await dialog(office).textContent()) ?? '',
    );
    await office.keyboard.press('Escape');
    return shown?.[0] ?? '';
  });

  const desk = await openDesk();
  let page = await desk.page();
  await enrol(page, { address: district.url, code });
  await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });

  await test.step('without a network the colleague writes; meanwhile the computer is revoked', async () => {
    await district.stop();
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    await write(page.getByRole('form'), '姓名', '何停机');
    await save(page.getByRole('form'));
    await desk.close();
    await district.start();
    await tab(office, '电脑');
    const line = office.getByRole('row', { name: /钱若水/ });
    await expect(line).toBeVisible({ timeout: 30_000 });
    await line.getByRole('button', { name: /停用/ }).click();
    await dialog(office)
      .getByRole('button', { name: /停\s?用/ })
      .click();
    await expect(line.getByText('已停用', { exact: true })).toBeVisible();
  });

  await test.step('it delivers what it holds, and then opens for nobody', async () => {
    await desk.start();
    page = await revokedPage(desk);
    await tab(office, '等待处理');
    await office.getByRole('button', { name: '刷新' }).click();
    await expect(office.getByRole('row', { name: /钱若水/ })).toBeVisible({ timeout: 30_000 });
    await expect(office.getByText('何停机')).toHaveCount(0);
  });
});

test('the PIN is forgotten: a code for this computer brings everything back, the half-written words too @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(180_000);
  const { zhouMin } = town.people;
  const district = await openDistrict();
  const desk = await openDesk();
  let page = await desk.page();
  await enrolSynced(page, district, zhouMin);
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await write(page.getByRole('form'), '备注', '忘了密码之前写的');
  await page.waitForTimeout(2_500);
  page = await lock(desk);
  const devices = await district.administer('devices');
  const device = /device_[0-9A-Z]{26}/.exec(
    devices.split('\n').find((line) => line.includes(zhouMin.name)) ?? '',
  );
  const said = await district.administer('code', zhouMin.id, '--device', device?.[0] ?? '');
  await page.getByRole('button', { name: /忘了/ }).click();
  await page.getByRole('button', { name: /开通码/ }).click();
  await page.getByLabel('开通码').fill(/\b[0-9A-Z]{10}\b/.exec(said.replaceAll('-', ''))?.[0] ?? '');
  await page.getByLabel(/^设一个/).fill('梧桐树下-换了新的-2026');
  await page.getByLabel(/^再输一遍/).fill('梧桐树下-换了新的-2026');
  await page.getByRole('button', { name: '打开我的台账' }).click();
  await expect(page.getByRole('navigation').getByText('工作台').first()).toBeVisible({ timeout: 30_000 });
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await expect(page.getByRole('form').getByLabel('备注', { exact: true })).toHaveValue('忘了密码之前写的');
});

async function tab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.keyboard.type(label.endsWith('辖区') ? option : '');
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')
    .filter({ hasText: option })
    .first()
    .click();
}
