/**
 * 复核 (sync.md S14): what was written without a network and meets other rights than it was written with is held, seen by those whom it
 * concerns, decided on, and told to its author. And S10's way out of a refusal through the supervisor.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { findings } from './support/axe.ts';
import { enrolSynced, revokedPage, unlock } from './support/door.ts';
import { choose, dialog, go, indicator, pick, save, write } from './support/forms.ts';
import { findInside, registerGroups } from './support/inside.ts';
import { handOver, openRecord, rewrite, untilFound } from './support/records.ts';
import { register, synced } from './support/saving.ts';
import { expect, test } from './support/story.ts';
import { sought, tracesIn } from './support/traces.ts';

const { zhouMin, chenGuodong, liXiulan, wuGuifang } = town.people;
const CASE = '王伟家窗台积水，滴到王薇晒的被子上。';
const LATER = '王伟家窗台积水，滴到王薇晒的被子上；王伟答应周末来修。';

test('S14 a case is reassigned and a role is lost while she writes without a network: held, seen with both sides, decided, told @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const desk = await openDesk();
  let hers = await desk.page();
  const office = await (await openDesk()).page();
  const theirs = await (await openDesk()).page();
  await enrolSynced(hers, district, zhouMin);
  await enrolSynced(office, district, wuGuifang);
  await enrolSynced(theirs, district, liXiulan);
  await registerCase(hers);
  await synced(hers);
  await untilFound(office, '滴到王薇', true);

  await test.step('without a network she writes in the case and on two residents', async () => {
    await district.stop();
    await openRecord(hers, '滴到王薇', /王伟/);
    await rewrite(hers, '纠纷简要情况', LATER);
    await openRecord(hers, '王建国');
    await rewrite(hers, '备注', '换了助听器，电话里要说慢一点。');
    await openRecord(hers, '王薇');
    await rewrite(hers, '备注', '打算把房子租出去。');
    await desk.close();
    await district.start();
  });

  await test.step('meanwhile the case goes to the next committee, and she to another post', async () => {
    await openRecord(office, '滴到王薇', /王伟/);
    await handOver(office, '日晖六村');
    await district.administer('person', 'grants', zhouMin.id, '--grant', 'trainingStaff:310104007');
    await untilFound(theirs, '滴到王薇', true);
  });

  await test.step('what she wrote arrives, is held, and has changed nothing', async () => {
    await desk.start();
    hers = await desk.page();
    await unlock(hers);
    await go(hers, '待处理');
    await expect(hers.getByRole('article')).toHaveCount(3, { timeout: 60_000 });
    const remark = hers.getByRole('article').filter({ hasText: '打算把房子租出去。' });
    await expect(remark).toContainText('已交给督导复核');
    await untilFound(theirs, '周末来修', false);
  });

  await test.step('the new handler sees the case as it was, as it is and as she wrote it, and takes it over', async () => {
    await visitReview(theirs);
    const held = theirs.getByRole('article').filter({ hasText: '周末来修' });
    await expect(theirs.getByRole('article')).toHaveCount(1);
    await expect(held).toContainText(`${zhouMin.name} 写于`);
    await expect(held).toContainText('这件事已移交或不再共享给他');
    await expect(held.getByRole('row', { name: /纠纷简要情况/ }).getByRole('cell')).toHaveText([
      CASE,
      CASE,
      LATER,
    ]);
    await shoot(theirs, 'review-moved');
    await held.getByRole('button', { name: '采纳入账' }).click();
    await expect(theirs.getByText('没有要复核的')).toBeVisible();
    await shoot(theirs, 'review-empty');
  });

  await test.step('the supervisor takes one over and sends one back with a reason', async () => {
    await go(office, '复核');
    const [yes, no] = [card(office, '换了助听器'), card(office, '打算把房子租出去')];
    await expect(office.getByRole('article')).toHaveCount(2, {
      timeout: 30_000,
    });
    await expect(yes).toContainText('他换了岗位，没有这项权限了');
    await yes.getByRole('button', { name: '采纳入账' }).click();
    await expect(office.getByText('已采纳，按他的名字入账')).toBeVisible();
    // By keys alone: from the first button to the last, into the dialog and back out of it.
    await no.getByRole('button', { name: '采纳入账' }).focus();
    for (const name of ['改后入账', '不采纳']) {
      await office.keyboard.press('Tab');
      await expect(no.getByRole('button', { name })).toBeFocused();
    }
    await office.keyboard.press('Enter');
    await expect(dialog(office).getByRole('button', { name: '退回给他' })).toBeDisabled();
    await dialog(office).getByLabel('理由').fill('房子的事王薇还没有定，先不记。');
    await shoot(office, 'review-decline');
    await dialog(office).getByRole('button', { name: '退回给他' }).click();
    await expect(office.getByText('没有要复核的')).toBeVisible();
    await synced(office);
  });

  await test.step('she reads the outcome, with her text as she wrote it', async () => {
    await expect(hers.getByRole('article')).toHaveCount(1, { timeout: 60_000 });
    const back = hers.getByRole('article');
    await expect(back).toContainText('督导看过，这次没有采纳');
    await expect(back).toContainText(`${wuGuifang.name}说：房子的事王薇还没有定，先不记。`, {
      timeout: 30_000,
    });
    await expect(back).toContainText('打算把房子租出去。');
    await shoot(hers, 'review-outcome');
    expect(await findings(hers)).toEqual([]);
  });

  await test.step('desks that decided and one that did not hold the same', async () => {
    await untilFound(theirs, '周末来修', true);
    const colleague = await (await openDesk()).page();
    await enrolSynced(colleague, district, chenGuodong);
    for (const page of [office, colleague]) {
      await openRecord(page, '王建国');
      await expect(page.getByText('换了助听器，电话里要说慢一点。').first()).toBeVisible();
      await expect(page.getByText(zhouMin.name).first()).toBeVisible();
      await openRecord(page, '王薇');
      await expect(page.getByText('打算把房子租出去。')).toHaveCount(0);
    }
  });
});

test('S14 a computer with a full journal is revoked: all of it arrives sealed and waits for review, then its keys are destroyed @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const desk = await openDesk();
  let hers = await desk.page();
  const office = await (await openDesk()).page();
  await enrolSynced(hers, district, zhouMin);
  await enrolSynced(office, district, wuGuifang);
  const names = Array.from(
    { length: 24 },
    (_, at) => `停机前${'甲乙丙丁戊己庚辛壬癸子丑'[at % 12] ?? ''}${String(at + 1).padStart(2, '0')}`,
  );

  await test.step('24 registrations wait on it when the district revokes it', async () => {
    await district.stop();
    await findInside(hers);
    await registerGroups(
      hers,
      names.map((name) => ({ area: town.areas.jiangnan.code, names: [name] })),
    );
    await expect(indicator(hers)).toContainText('待上传 24');
    await desk.close();
    await district.start();
    const devices = (await district.administer('devices')).split('\n');
    const device = /device_[0-9A-Z]{26}/.exec(devices.find((line) => line.includes(zhouMin.name)) ?? '');
    await district.administer('device', 'revoke', device?.[0] ?? '');
  });

  await test.step('it delivers, and then opens for nobody: no key is left, and nothing that was written can be read there', async () => {
    await desk.start();
    hers = await revokedPage(desk);
    // What it held is delivered first, and the district has said that it has it.
    const keys = join(desk.profile, 'keys');
    const left = (): readonly string[] => (existsSync(keys) ? readdirSync(keys) : []);
    await expect.poll(left, { timeout: 60_000 }).toEqual([]);
    await desk.close();
    expect(
      tracesIn([desk.profile], sought(Object.fromEntries(names.map((name) => [name, name])))).found,
    ).toEqual([]);
    expect(left()).toEqual([]);
  });

  await test.step('the supervisor has all of them before the eyes, with the reason', async () => {
    await expect(office.getByText('24 件等您复核')).toBeVisible({
      timeout: 60_000,
    });
    await shoot(office, 'review-home');
    await go(office, '复核');
    await expect(office.getByRole('article')).toHaveCount(24);
    await expect(office.getByText('这台电脑已停用')).toHaveCount(24);
    await shoot(office, 'review-many');
    expect(await findings(office)).toEqual([]);
    for (const name of names.slice(0, 2)) {
      await card(office, name).getByRole('button', { name: '采纳入账' }).click();
      await expect(card(office, name)).toHaveCount(0);
    }
    await shoot(office, 'review-decided');
    for (const name of names.slice(0, 2)) await untilFound(office, name, true);
    await untilFound(office, names[2] ?? '', false);
  });
});

test('S10 what the district refused goes to the supervisor, who reads why and enters it in their own name @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const desk = await openDesk();
  let hers = await desk.page();
  const office = await (await openDesk()).page();
  await enrolSynced(hers, district, zhouMin);
  await enrolSynced(office, district, wuGuifang);
  await register(hers, '何平安');
  await synced(hers);
  await untilFound(office, '何平安', true);

  await test.step('a birthday that the identity card contradicts is refused', async () => {
    await district.stop();
    await openRecord(hers, '何平安');
    await hers.getByRole('button', { name: '修改' }).click();
    await write(hers.getByRole('form'), '出生日期', '1990-02-01');
    await write(hers.getByRole('form'), '备注', '爱下象棋，棋友在三号楼。');
    await save(hers.getByRole('form'));
    await desk.close();
    await openRecord(office, '何平安');
    await rewrite(office, '证件 证件号码', '310104199001017336');
    await district.start();
    await synced(office);
    await desk.start();
    hers = await desk.page();
    await unlock(hers);
    await expect(indicator(hers)).toContainText('需处理 1', {
      timeout: 60_000,
    });
  });

  await test.step('she exports the text and hands it to the supervisor', async () => {
    await go(hers, '待处理');
    const mine = hers.getByRole('article', { name: /何平安/ });
    await shoot(hers, 'tray-hand-over');
    await mine.getByRole('button', { name: '导出文本' }).click();
    await expect(hers.getByText(/已存为 待处理-何平安/)).toBeVisible();
    expect(readdirSync(desk.saved)).toEqual(['待处理-何平安.txt']);
    await mine.getByRole('button', { name: '交督导处理' }).click();
    await expect(mine).toContainText('已交给督导复核', { timeout: 30_000 });
    await expect(mine.getByRole('button', { name: '交督导处理' })).toHaveCount(0);
    await expect(mine).toContainText('爱下象棋，棋友在三号楼。');
    await shoot(hers, 'tray-handed-over');
  });

  await test.step('the supervisor reads why, puts it right and enters it', async () => {
    await go(office, '复核');
    const item = card(office, '何平安');
    await expect(item).toContainText('他自己交上来请您定', { timeout: 30_000 });
    await expect(item).toContainText('区里原来退回的理由：与证件号码不一致，请核对');
    await shoot(office, 'review-handed');
    await item.getByRole('button', { name: '改后入账' }).click();
    const form = office.getByRole('form');
    await expect(form.getByText('与证件号码不一致，请核对')).toBeVisible();
    await shoot(office, 'review-take-over');
    await write(form, '出生日期', '1990-01-01');
    await form.getByRole('button', { name: '以我的名义入账' }).click();
    await expect(office.getByText('没有要复核的')).toBeVisible();
    await synced(office);
  });

  await test.step('it stands in the supervisor’s name at both desks; hers is told so and keeps its text', async () => {
    const back = hers.getByRole('article', { name: /何平安/ });
    await expect(back).toContainText('我改好以后，用我的名字入账了', {
      timeout: 60_000,
    });
    await expect(back).toContainText('爱下象棋，棋友在三号楼。');
    for (const page of [hers, office]) {
      await openRecord(page, '何平安');
      await expect(page.getByText('爱下象棋，棋友在三号楼。').first()).toBeVisible();
      await expect(page.getByRole('main').getByText(wuGuifang.name).first()).toBeVisible();
    }
  });
});

const card = (page: Page, words: string) => page.getByRole('article').filter({ hasText: words });

/** Whoever only handles a matter finds the page from the 工作台. */
async function visitReview(page: Page): Promise<void> {
  await go(page, '工作台');
  await expect(page.getByText('1 件等您复核')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: '去复核' }).click();
  await expect(page.getByRole('heading', { name: '复核', level: 1 })).toBeVisible();
}

async function registerCase(page: Page): Promise<void> {
  await go(page, '人民调解');
  await page.getByRole('button', { name: '新登记一件调解' }).click();
  const form = page.getByRole('form', { name: '新登记人民调解' });
  await choose(form, '纠纷类型', '邻里纠纷');
  await write(form, '纠纷简要情况', CASE);
  await pick(form, '当事人', 'wangwei', '王伟');
  await pick(form, '当事人', '1122', '王薇');
  await save(form);
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.mouse.move(683, 2);
  await page.waitForTimeout(300);
  await page.screenshot({
    path: `test-results/${name}.png`,
    animations: 'disabled',
  });
}
