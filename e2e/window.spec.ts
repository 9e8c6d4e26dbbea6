import { town } from '../shared/testing/town.ts';
import { enrolSynced } from './support/door.ts';
import { ledgerIn } from './support/ledger.ts';
import { begin, once, synced, timesIn } from './support/saving.ts';
import { expect, test } from './support/story.ts';

test('a computer that nobody has enrolled opens on the enrolment screen', async ({ openDesk }) => {
  const desk = await openDesk();
  const page = await desk.page();
  await expect(page.getByRole('heading', { name: '开通这台电脑' })).toBeVisible();
  await expect(page.getByLabel('区服务器地址')).toBeFocused();
  await expect(page.getByRole('button', { name: '开通并开始使用' })).toBeVisible();
  expect(page.url()).toMatch(/^app:\/\/desk\//);
});

test('the first picture needs nothing but the page: its styles stand in it, in the colours of this computer', async ({
  openDesk,
}) => {
  const desk = await openDesk();
  const page = await desk.page();
  await expect(page.getByLabel('开通码')).toBeVisible();
  const html = await page.evaluate(async () => (await fetch('app://desk/')).text());
  expect(html).toMatch(/<html lang="zh-CN" data-theme="light">/);
  expect(html).toMatch(/<style nonce="[\w-]{22}">[^<]*--paper:[^<]*\.shell/);
  expect(html).not.toMatch(/rel="stylesheet"/);
  // Whatever else is asked for by then is fetched and not run.
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html.match(/<link rel="(?!modulepreload")/g)).toBeNull();
});

test('a killed app opens again on the same profile', async ({ openDesk }) => {
  const desk = await openDesk();
  await expect((await desk.page()).getByLabel('开通码')).toBeVisible();
  await desk.kill();
  await desk.start();
  await expect((await desk.page()).getByLabel('开通码')).toBeVisible();
});

test('[S12-1] started a second time on one profile it only shows the first one; two quick clicks send nothing twice', async ({
  openDistrict,
  openDesk,
}) => {
  const district = await openDistrict();
  const desk = await openDesk();
  const page = await desk.page();
  await enrolSynced(page, district, town.people.zhouMin);
  await begin(page, '何一次');
  expect(await Promise.all([desk.startBeside(), desk.startBeside()])).toEqual([0, 0]);
  expect(desk.app().windows()).toHaveLength(1);
  // The form of the first one stands, and saves once.
  const form = page.getByRole('form');
  await form.getByRole('button', { name: '保存', exact: true }).dblclick();
  // Saved first: until then 已同步 on the screen speaks of what was there before.
  await expect(form).toBeHidden();
  await synced(page);
  await district.stop();
  expect(timesIn(ledgerIn(district.data), ['何一次'])).toEqual(once(['何一次']));
});
