/**
 * A disk that fills up under a working desk: a small file system of its own, which only root may mount. What is saved is saved, what is
 * not says so and stays in the form, and it all goes on once there is room again.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areas, town } from '../shared/testing/town.ts';
import { PASSPHRASE, atHome, enrolSynced, unlock } from './support/door.ts';
import { go, indicator, search, write } from './support/forms.ts';
import { findInside, registerGroups, residentsInside } from './support/inside.ts';
import { ledgerIn } from './support/ledger.ts';
import { begin, isFound, once, register, synced, timesIn } from './support/saving.ts';
import { expect, test } from './support/story.ts';

let disk = '';
const mount = (megabytes: number): void => {
  disk = mkdtempSync(join(tmpdir(), 'linli-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', disk]);
};
test.afterEach(() => {
  // Chromium's last processes may still be leaving.
  execFileSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true, force: true });
});
/** Without a mark below which anything is said or stopped beforehand: the last byte is what this is about. */
const NO_MARKS = '0,0';

const NAMES = ['满盘甲', '满盘乙', '满盘丙', '满盘丁', '满盘戊', '满盘己'];

test('a full disk: the form says so and keeps every word; with room again it goes on @slow', async ({
  openDistrict,
  openDesk,
}) => {
  mount(96);
  const district = await openDistrict();
  const desk = await openDesk({ LINLI_USER_DATA: join(disk, 'profile'), LINLI_ROOM: NO_MARKS });
  let page = await desk.page();
  await enrolSynced(page, district, town.people.zhouMin);
  const remarks = '字'.repeat(450);
  let form = page.getByRole('form');
  const fillIn = async (name: string): Promise<void> => {
    form = page.getByRole('form');
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    await write(form, '姓名', name);
    await write(form, '备注', remarks);
  };
  const refused = form.getByText('硬盘写不进去了');
  const saved: string[] = [];

  await test.step('the last bytes are used up, then the form says so', async () => {
    fillUp(disk);
    for (const name of NAMES) {
      await fillIn(name);
      await form.getByRole('button', { name: '保存' }).click();
      await expect(refused.or(page.getByRole('heading', { name, level: 1 }))).toBeVisible();
      if (await refused.isVisible()) break;
      saved.push(name);
    }
    await expect(refused).toBeVisible();
    await expect(form.getByRole('textbox', { name: '备注' })).toHaveValue(remarks);
    await expect(indicator(page)).toContainText('需处理');
    await indicator(page).click();
    await expect(page.getByText('这台电脑的硬盘快满了或写不进去')).toBeVisible();
    await page.keyboard.press('Escape');
    await form.getByRole('button', { name: '保存' }).click();
    await expect(refused).toBeVisible();
  });

  await test.step('with room again the same click saves it, once', async () => {
    rmSync(join(disk, 'filler'));
    await form.getByRole('button', { name: '保存' }).click();
    const last = NAMES[saved.length] ?? '';
    await expect(page.getByRole('heading', { name: last, level: 1 })).toBeVisible();
    saved.push(last);
    await expect(indicator(page)).toHaveText(/^我的内容到哪儿了已同步/, { timeout: 20_000 });
    await desk.kill();
    await desk.start();
    page = await desk.page();
    await unlock(page);
    for (const name of saved) await expect(await search(page, name)).toHaveCount(1);
    await page.keyboard.press('Escape');
  });

  await test.step('started on a full disk it opens or says why not, and loses no draft over it', async () => {
    await fillIn('半张草稿');
    // Drafts are at most two seconds old.
    await page.waitForTimeout(2_500);
    await desk.kill();
    fillUp(disk);
    await desk.start();
    page = await desk.page();
    await page.getByLabel('PIN 码或口令').fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    // Reading takes no room; where Chromium wants some all the same, the screen says what is wrong.
    const shut = page.getByText('请看看硬盘是不是满了');
    await expect(shut.or(indicator(page))).toBeVisible({ timeout: 20_000 });
    const isShut = await shut.isVisible();
    if (!isShut) await expect(indicator(page)).toContainText('需处理');
    rmSync(join(disk, 'filler'));
    if (isShut) await page.getByRole('button', { name: '再试一次' }).click();
    await atHome(page);
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    await expect(page.getByRole('form').getByRole('textbox', { name: '姓名' })).toHaveValue('半张草稿');
  });
});

test('[S1-6] a disk that is getting full is said, below 200 MB nothing new is registered, and with room again it all goes on @slow', async ({
  openDistrict,
  openDesk,
}) => {
  mount(1_400);
  const district = await openDistrict();
  // The marks as they are for everybody.
  const desk = await openDesk({ LINLI_USER_DATA: join(disk, 'profile') });
  const page = await desk.page();
  await enrolSynced(page, district, town.people.zhouMin);
  await findInside(page);
  await register(page, '何有空');
  const line = page.getByRole('alert').filter({ hasText: '磁盘快满了' });
  await expect(line).toBeHidden();

  await test.step('warned below 1 GB: registering goes on', async () => {
    leave(disk, 800);
    await expect(line).toContainText('登记暂时照常', { timeout: 15_000 });
    await expect(indicator(page)).toContainText('磁盘快满了');
    await register(page, '何快满');
    await synced(page);
  });

  await test.step('below 200 MB: says why, keeps the words, reads, sends what waits, and fetches nothing', async () => {
    await district.stop();
    await register(page, '何在途');
    leave(disk, 150);
    await expect(line).toContainText('不能登记', { timeout: 15_000 });
    await begin(page, '何等着');
    const form = page.getByRole('form');
    await form.getByRole('button', { name: '保存', exact: true }).click();
    await expect(form.getByText('先只能查看、不能登记')).toBeVisible();
    await expect(form.getByRole('textbox', { name: '姓名' })).toHaveValue('何等着');
    await isFound(page, '何快满');
    await district.start();
    await expect(indicator(page)).not.toContainText('待上传', { timeout: 30_000 });
    await expect(indicator(page)).not.toContainText('已同步');
  });

  await test.step('with room again the same form is saved, once, also through a restart', async () => {
    rmSync(join(disk, 'filler'));
    await expect(line).toBeHidden({ timeout: 15_000 });
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    await expect(page.getByRole('form').getByRole('textbox', { name: '姓名' })).toHaveValue('何等着');
    await page.getByRole('form').getByRole('button', { name: '保存', exact: true }).click();
    await synced(page);
    await desk.kill();
    await desk.start();
    await unlock(await desk.page());
    await district.stop();
    const names = ['何有空', '何快满', '何在途', '何等着'];
    expect(timesIn(ledgerIn(district.data), names)).toEqual(once(names));
  });
});

test('the district’s disk is full: it says so and answers, desks keep their journals, and it starts clean @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(400_000);
  mount(320);
  const district = await openDistrict({ data: join(disk, 'district') });
  const [hers, his] = [await openDesk(), await openDesk()];
  const [page, other] = [await hers.page(), await his.page()];
  await enrolSynced(page, district, town.people.zhouMin);
  await enrolSynced(other, district, town.people.chenGuodong);
  await findInside(page);
  await register(page, '何之前');
  await synced(page);
  await isFound(other, '何之前');
  fillUp(disk);
  const names: string[] = ['何之前'];
  await test.step('what no longer fits there stays here, and is read here', async () => {
    for (let group = 1; ; group++) {
      const more = Array.from({ length: 100 }, (_, at) => `何${group}组${at + 1}`);
      names.push(...more);
      await registerGroups(page, [{ area: areas.jiangnan.code, names: more }]);
      const state = await page.evaluate(async () => {
        await new Promise((resolve) => setTimeout(resolve, 4_000));
        return window.deskInside?.sync().pending ?? 0;
      });
      if (state > 0) break;
      expect(group).toBeLessThan(200);
      fillUp(disk);
    }
    await expect(indicator(page)).toContainText('待上传');
    expect(await residentsInside(page)).toEqual(expect.arrayContaining(names));
    // Reading there goes on.
    await isFound(other, '何之前');
    const status = await fetch(`${district.url}/health`).then(
      (answer) => answer.status,
      () => 0,
    );
    expect(status).toBe(200);
  });
  await test.step('killed on the full disk and started with room: everything arrives, once', async () => {
    await district.kill();
    rmSync(join(disk, 'filler'));
    await district.start();
    await synced(page);
    await synced(other);
    await isFound(other, names.at(-1) ?? '');
    await district.stop();
    expect(timesIn(ledgerIn(district.data), names)).toEqual(once(names));
  });
});

/** All but so many megabytes. */
function leave(place: string, megabytes: number): void {
  const { bavail, bsize } = statfsSync(place);
  const bytes = bavail * bsize - megabytes * 1024 ** 2;
  for (let done = 0; done < bytes; done += 8 << 20)
    writeFileSync(join(place, 'filler'), Buffer.alloc(Math.min(8 << 20, bytes - done)), { flag: 'a' });
}

/** To the last byte. */
function fillUp(place: string): void {
  for (;;) {
    const { bavail, bsize } = statfsSync(place);
    if (bavail === 0) return;
    writeFileSync(join(place, 'filler'), Buffer.alloc(Math.min(bavail * bsize, 8 << 20)), { flag: 'a' });
  }
}
