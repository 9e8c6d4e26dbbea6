/** 待处理: what two people wrote unseen, and what the district sent back. Nobody's text is lost, and one click settles it. */
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { enrol, unlock } from './support/door.ts';
import { go, indicator, save, search, write } from './support/forms.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, chenGuodong } = town.people;

test('two desks write the same field: both texts stay, one click settles, the history says who chose', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const hers = await (await openDesk()).page();
  const his = await (await openDesk()).page();
  await enrol(hers, { address: district.url, code: await district.code(zhouMin.id) });
  await enrol(his, { address: district.url, code: await district.code(chenGuodong.id) });
  for (const page of [hers, his]) await synced(page);

  await test.step('offline, both write a remark on 王建国', async () => {
    await district.stop();
    await remark(hers, '腿脚不便，上门时多等一会儿。');
    await remark(his, '白天女儿在家，有事先打女儿电话。');
    await expect(indicator(his)).toContainText('待上传 1');
    await district.start();
  });

  await test.step('both texts stand side by side at both desks', async () => {
    for (const page of [hers, his]) {
      await expect(indicator(page)).toContainText('有冲突 1', { timeout: 60_000 });
      await go(page, '待处理');
      const card = page.getByRole('article', { name: /王建国 · 备注/ });
      await expect(card).toContainText('腿脚不便，上门时多等一会儿。');
      await expect(card).toContainText('白天女儿在家，有事先打女儿电话。');
      await expect(card).toContainText(zhouMin.name);
      await expect(card).toContainText(chenGuodong.name);
    }
  });

  await test.step('one click settles it for both', async () => {
    await his
      .getByRole('article', { name: /王建国 · 备注/ })
      .getByRole('region', { name: /当前采用|另一份/ })
      .filter({ hasText: '白天女儿在家' })
      .getByRole('button')
      .click();
    for (const page of [hers, his]) {
      await expect(page.getByText('没有要处理的')).toBeVisible({ timeout: 20_000 });
      await synced(page);
    }
    await open(hers, '王建国');
    await expect(hers.getByText('白天女儿在家，有事先打女儿电话。').first()).toBeVisible();
    await expect(hers.getByText('选定了备注')).toBeVisible();
  });

  await test.step('a pull that arrives while the form is open hides no conflict', async () => {
    await open(hers, '王建国');
    await hers.getByRole('button', { name: '修改' }).click();
    const form = hers.getByRole('form');
    await write(form, '备注', '每周三去日托所。');
    await remark(his, '女儿换了电话，新号已登记。');
    await synced(his);
    // Her desk has his text by now; her form shows what she opened.
    await expect(async () => {
      await expect(await search(hers, '女儿换了电话')).not.toHaveCount(0, { timeout: 1_000 });
    }).toPass({ timeout: 15_000 });
    await hers.keyboard.press('Escape');
    await save(form);
    await expect(indicator(hers)).toContainText('有冲突 1', { timeout: 20_000 });
    await go(hers, '待处理');
    const card = hers.getByRole('article', { name: /王建国 · 备注/ });
    await expect(card).toContainText('每周三去日托所。');
    await expect(card).toContainText('女儿换了电话，新号已登记。');
    await expect(card.getByRole('region', { name: '原来' })).toContainText('白天女儿在家');
  });
});

test('what the district refuses comes back with its reason and its text, and goes again once corrected', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const desk = await openDesk();
  let hers = await desk.page();
  const his = await (await openDesk()).page();
  await enrol(hers, { address: district.url, code: await district.code(zhouMin.id) });
  await enrol(his, { address: district.url, code: await district.code(chenGuodong.id) });
  await synced(hers);
  await go(hers, '居民');
  await hers.getByRole('button', { name: '新登记一位居民' }).click();
  await write(hers.getByRole('form'), '姓名', '何平安');
  await save(hers.getByRole('form'));
  for (const page of [hers, his]) await synced(page);
  // 已同步 may still be the answer before last.
  await expect(async () => {
    await expect(await search(his, '何平安')).not.toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await his.keyboard.press('Escape');

  await test.step('offline: she writes a birthday and a remark, he the identity card, which says otherwise', async () => {
    await district.stop();
    await edit(hers, '何平安', async (form) => {
      await write(form, '出生日期', '1990-02-01');
      await write(form, '备注', '爱下象棋，棋友在三号楼。');
    });
    await desk.close();
    await edit(his, '何平安', async (form) => write(form, '证件 证件号码', '310104199001017336'));
    await district.start();
    await synced(his);
  });

  await test.step('hers is refused: the reason, the place and every word are there', async () => {
    await desk.start();
    hers = await desk.page();
    await unlock(hers);
    await expect(indicator(hers)).toContainText('需处理 1', { timeout: 60_000 });
    await go(hers, '待处理');
    const card = hers.getByRole('article', { name: /何平安/ });
    await expect(card).toContainText('与证件号码不一致，请核对');
    await expect(card).toContainText('爱下象棋，棋友在三号楼。');
    await card.getByRole('button', { name: '改好再送' }).click();
  });

  await test.step('corrected and sent again, it is at both desks', async () => {
    const form = hers.getByRole('form');
    await expect(form.getByText('与证件号码不一致，请核对')).toBeVisible();
    await write(form, '出生日期', '1990-01-01');
    await form.getByRole('button', { name: '再送一次' }).click();
    await synced(hers);
    await open(his, '何平安');
    await expect(his.getByText('爱下象棋，棋友在三号楼。').first()).toBeVisible({ timeout: 10_000 });
  });
});

const synced = (page: Page): Promise<void> =>
  expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });

async function open(page: Page, name: string): Promise<void> {
  await (await search(page, name)).filter({ hasText: name }).first().click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

async function edit(
  page: Page,
  name: string,
  fill: (form: ReturnType<Page['getByRole']>) => Promise<void>,
): Promise<void> {
  await open(page, name);
  await page.getByRole('button', { name: '修改' }).click();
  await fill(page.getByRole('form'));
  await save(page.getByRole('form'));
}

const remark = (page: Page, text: string): Promise<void> =>
  edit(page, '王建国', (form) => write(form, '备注', text));
