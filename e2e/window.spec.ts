import { expect, test } from './support/story.ts';

test('a computer that nobody has enrolled opens on the enrolment screen', async ({ openDesk }) => {
  const desk = await openDesk();
  const page = await desk.page();
  await expect(page.getByRole('heading', { name: '开通这台电脑' })).toBeVisible();
  await expect(page.getByLabel('区服务器地址')).toBeFocused();
  await expect(page.getByRole('button', { name: '开通并开始使用' })).toBeVisible();
  expect(page.url()).toMatch(/^app:\/\/desk\//);
});

test('a killed app opens again on the same profile', async ({ openDesk }) => {
  const desk = await openDesk();
  await expect((await desk.page()).getByLabel('开通码')).toBeVisible();
  await desk.kill();
  await desk.start();
  await expect((await desk.page()).getByLabel('开通码')).toBeVisible();
});
