/**
 * A disk that fills up under a working desk: a small file system of its own, which only root may mount. What is saved is saved, what is
 * not says so and stays in the form, and it all goes on once there is room again.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { town } from '../shared/testing/town.ts';
import { PASSPHRASE, atHome, enrolSynced, unlock } from './support/door.ts';
import { go, indicator, search, write } from './support/forms.ts';
import { expect, test } from './support/story.ts';

let disk = '';
test.beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), 'linli-small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', disk]);
});
test.afterEach(() => {
  // Chromium's last processes may still be leaving.
  execFileSync('umount', ['--lazy', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const NAMES = ['满盘甲', '满盘乙', '满盘丙', '满盘丁', '满盘戊', '满盘己'];

test('a full disk: the form says so and keeps every word; with room again it goes on @slow', async ({
  openDistrict,
  openDesk,
}) => {
  const district = await openDistrict();
  const desk = await openDesk({ LINLI_USER_DATA: join(disk, 'profile') });
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

/** To the last byte. */
function fillUp(place: string): void {
  for (;;) {
    const { bavail, bsize } = statfsSync(place);
    if (bavail === 0) return;
    writeFileSync(join(place, 'filler'), Buffer.alloc(Math.min(bavail * bsize, 8 << 20)), { flag: 'a' });
  }
}
