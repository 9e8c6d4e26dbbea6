/** One resident, registered at two desks that did not know of each other: found, laid side by side, made one, and two again. */
import type { Locator, Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { enrolSynced } from './support/door.ts';
import { dialog, go, indicator, save, search, write } from './support/forms.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, chenGuodong } = town.people;
const NAME = '何平安';
const BIRTHDAY = '1990-01-01';
const CARD = '310104199001013175';

test('S5-3 registered twice offline: found, merged while the other desk edits, the edit lands, undone, and told apart @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(300_000);
  const district = await openDistrict();
  const hers = await (await openDesk()).page();
  const his = await (await openDesk()).page();
  await enrolSynced(hers, district, zhouMin);
  await enrolSynced(his, district, chenGuodong);

  await test.step('offline, both register the same person', async () => {
    await district.stop();
    await register(hers, async (form) => {
      await write(form, '出生日期', BIRTHDAY);
      await write(form, '所属网格', '第三网格');
    });
    await register(his, (form) => write(form, '证件 证件号码', CARD));
    for (const page of [hers, his]) await expect(indicator(page)).toContainText('待上传 1');
    await district.start();
  });

  await test.step('both desks find the pair, in 待处理 and on the page', async () => {
    for (const page of [hers, his]) {
      await go(page, '待处理');
      await expect(pairOf(page)).toContainText('姓名和出生日期相同', { timeout: 60_000 });
      await expect(pairOf(page)).toContainText(zhouMin.name);
      await expect(pairOf(page)).toContainText(chenGuodong.name);
    }
    await (await search(his, NAME)).filter({ hasText: NAME }).first().click();
    await expect(his.getByText(/可能重复登记/)).toBeVisible();
  });

  await test.step('who registers a third time is told gently, and not stopped', async () => {
    await go(hers, '居民');
    await hers.getByRole('button', { name: '新登记一位居民' }).click();
    const form = hers.getByRole('form');
    await write(form, '姓名', NAME);
    await write(form, '出生日期', BIRTHDAY);
    await expect(form.getByText(/已有一位登记：何平安/)).toBeVisible();
    await form.getByRole('link', { name: '打开看看' }).click();
    await expect(hers.getByRole('heading', { name: NAME, level: 1 })).toBeVisible();
  });

  await test.step('he goes on writing offline while she merges them, in three clicks', async () => {
    await district.stop();
    await (await search(his, CARD)).first().click();
    await his.getByRole('button', { name: '修改' }).click();
    await write(his.getByRole('form'), '工作单位', '斜土路小学');
    await save(his.getByRole('form'));

    await go(hers, '待处理');
    await pairOf(hers).getByRole('button', { name: '对照看看' }).click();
    await expect(hers.getByRole('heading', { name: '两条居民登记，是同一个吗？' })).toBeVisible();
    await expect(hers.getByRole('radio', { name: /第三网格/ })).toBeChecked();
    await hers.getByRole('button', { name: '合成一条' }).click();
    await expect(hers.getByText('已保存在本机').first()).toBeVisible();
    await expect(hers.getByText(/另一条登记已并入这里：何平安/)).toBeVisible();
    await district.start();
  });

  await test.step('one is left on both desks, with what each of them wrote, also the edit that did not know of the merge', async () => {
    for (const page of [hers, his]) {
      await expect(async () => {
        const found = await registered(page, NAME);
        await expect(found).toHaveCount(1, { timeout: 1_500 });
        await found.first().click();
        for (const text of ['第三网格', '斜土路小学']) {
          await expect(page.getByText(text).first()).toBeVisible({ timeout: 1_500 });
        }
      }).toPass({ timeout: 60_000 });
      await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });
      // Found by the other one's number as well.
      await expect(await registered(page, CARD)).toHaveCount(1);
      await page.keyboard.press('Escape');
    }
  });

  await test.step('undone: both are there again, and what he wrote belongs to his', async () => {
    await his.getByRole('button', { name: '撤销合并' }).click();
    await dialog(his)
      .getByRole('button', { name: /撤\s?销合并/ })
      .click();
    for (const page of [his, hers]) await untilFound(page, 2);
    await go(his, '待处理');
    await expect(pairOf(his)).toBeVisible();
  });

  await test.step('said to be two, they never come up again', async () => {
    await pairOf(his).getByRole('button', { name: '对照看看' }).click();
    await his.getByRole('button', { name: '不是同一个' }).click();
    await expect(his.getByText('记下了，这两条以后不再提示。')).toBeVisible();
    await expect(indicator(his)).toContainText('已同步', { timeout: 60_000 });
    for (const page of [his, hers]) {
      await go(page, '待处理');
      await expect(page.getByText('没有要处理的')).toBeVisible({ timeout: 60_000 });
    }
    await untilFound(hers, 2);
  });
});

const pairOf = (page: Page): Locator => page.getByRole('article', { name: /何平安/ });

async function register(page: Page, fill: (form: Locator) => Promise<void>): Promise<void> {
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  const form = page.getByRole('form');
  await write(form, '姓名', NAME);
  await fill(form);
  await save(form);
}

/** Her half-written third form is kept as well, and is no registration. */
const registered = async (page: Page, typed: string): Promise<Locator> =>
  (await search(page, typed)).filter({ hasText: NAME, hasNotText: '草稿' });

async function untilFound(page: Page, count: number): Promise<void> {
  await expect(async () => {
    await expect(await registered(page, NAME)).toHaveCount(count, { timeout: 1_500 });
  }).toPass({ timeout: 60_000 });
  await page.keyboard.press('Escape');
}
