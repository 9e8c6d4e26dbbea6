/** Somebody is disabled at the district while their desk is away: a clear sentence, nothing lost, and on it goes once they are back. */
import { town } from '../shared/testing/town.ts';
import { enrolSynced, unlock } from './support/door.ts';
import { go, indicator, save, write } from './support/forms.ts';
import { ledgerIn } from './support/ledger.ts';
import { expect, test } from './support/story.ts';

const { zhouMin } = town.people;

test('a person who was disabled reads so, keeps what they wrote, and it is delivered when they are back @slow', async ({
  openDistrict,
  openDesk,
}) => {
  const district = await openDistrict();
  const desk = await openDesk();
  let page = await desk.page();
  await enrolSynced(page, district, zhouMin);
  await district.administer('person', 'disable', zhouMin.id);
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await write(page.getByRole('form'), '姓名', '何停用');
  await save(page.getByRole('form'));

  // The desk opens as ever: what is on this computer is theirs to read until the district says more than no.
  await desk.close();
  await desk.start();
  page = await desk.page();
  await unlock(page);
  await indicator(page).click();
  await expect(page.getByText('区里停用了您的账号。您写的内容都留着')).toBeVisible({
    timeout: 30_000,
  });
  await page.keyboard.press('Escape');
  // Written without the right to: it waits for the district's word, with its text.
  await go(page, '待处理');
  await expect(page.getByRole('article').filter({ hasText: '何停用' })).toBeVisible();

  await district.administer('person', 'enable', zhouMin.id);
  await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });
  await district.stop();
  expect(ledgerIn(district.data).residents.filter((name) => name === '何停用')).toEqual(['何停用']);
});
