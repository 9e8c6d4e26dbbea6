/** A network that never meets the district's: a computer is enrolled by a pair of files, and works. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { town } from '../shared/testing/town.ts';
import { lock, unlock } from './support/door.ts';
import { go, indicator, save, search, write } from './support/forms.ts';
import { expect, test } from './support/story.ts';

const { liXiulan } = town.people;
const SECRET = '石库门里-没有网络-2026';

test('enrolled by two files, the desk registers and finds without ever meeting a network @slow', async ({
  openDistrict,
  openDesk,
}) => {
  const district = await openDistrict();
  const desk = await openDesk();
  let page = await desk.page();
  await page.getByRole('button', { name: /没有网络/ }).click();
  await page.getByRole('button', { name: /存登记申请/ }).click();
  await expect(page.getByText(/已存为/)).toBeVisible();
  const request = join(desk.saved, readdirSync(desk.saved)[0] ?? '');
  const said = await district.administer(
    'enrol-file',
    request,
    '--person',
    liXiulan.id,
    '--out',
    join(desk.saved, 'zz-answer.json'),
  );
  await district.stop();

  await page.getByRole('button', { name: /读答复文件/ }).click();
  await expect(page.getByText(liXiulan.name).first()).toBeVisible();
  // The administrator's paper and the desk say the same.
  const fingerprint = /([0-9A-Z]{4}[ -]){7}[0-9A-Z]{4}/i.exec(said)?.[0] ?? 'none';
  const shown = ((await page.locator('main, body').first().textContent()) ?? '').replaceAll(/[\s-]/g, '');
  expect(shown).toContain(fingerprint.replaceAll(/[\s-]/g, ''));
  await page.getByLabel(/^设一个/).fill(SECRET);
  await page.getByLabel(/^再输一遍/).fill(SECRET);
  await page.getByRole('button', { name: /核对无误/ }).click();
  await expect(page.getByRole('navigation').getByText('工作台').first()).toBeVisible({ timeout: 30_000 });

  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await write(page.getByRole('form'), '姓名', '何无网');
  await save(page.getByRole('form'));
  await expect(indicator(page)).toContainText('待上传 1');
  page = await lock(desk);
  await unlock(page, { passphrase: SECRET });
  await expect((await search(page, '何无网')).first()).toBeVisible();
});
