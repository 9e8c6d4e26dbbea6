import { town } from '../shared/testing/town.ts';
import { PASSPHRASE, atHome, enrol } from './support/door.ts';
import { expect, test } from './support/story.ts';

const { zhouMin } = town.people;

test('周敏 enrols with a one-time code; killed and without the district, her desk opens again', async ({
  openDistrict,
  openDesk,
}) => {
  const district = await openDistrict();
  const desk = await openDesk();
  const code = await district.code(zhouMin.id);
  await enrol(await desk.page(), { address: district.url, code });
  await district.stop();
  await desk.kill();
  await desk.start();

  const page = await desk.page();
  await page.getByLabel('PIN 码或口令').fill('不是这个口令');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('密码不对');
  await page.waitForTimeout(1_500);
  await page.getByLabel('PIN 码或口令').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await atHome(page);
  await expect(page.getByText(zhouMin.name).first()).toBeVisible();
});

test('a code that is wrong, used or typed at a wrong address gets a clear sentence, and a good one works after it', async ({
  openDistrict,
  openDesk,
}) => {
  const district = await openDistrict();
  const first = await openDesk();
  const code = await district.code(zhouMin.id);
  const page = await first.page();
  const refused = async (address: string, tried: string, sentence: string): Promise<void> => {
    await enrol(page, { address, code: tried }, async () => {
      await expect(page.getByRole('alert')).toContainText(sentence);
    });
  };
  await refused('http://127.0.0.1:9', code, '连不上区里的服务器');
  await refused(district.url, 'ABCDEFGH23', '没有这个开通码');
  // As people copy it: in groups, in small letters.
  await enrol(page, { address: district.url, code: `${code.slice(0, 5)} - ${code.slice(5).toLowerCase()}` });

  const second = await openDesk();
  const other = await second.page();
  await enrol(other, { address: district.url, code }, async () => {
    await expect(other.getByRole('alert')).toContainText('已经用过了');
  });
});
