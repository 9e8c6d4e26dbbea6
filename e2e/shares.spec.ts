/** A record crosses the line between two committees and comes back: shared and taken back, handed over for good. */
import { town } from '../shared/testing/town.ts';
import { enrolSynced } from './support/door.ts';
import { dialog, indicator } from './support/forms.ts';
import { chooseArea, handOver, openRecord, untilFound } from './support/records.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, liXiulan } = town.people;

test('shared with the next committee, seen there, taken back, gone there; handed over, and the other way round @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(180_000);
  const district = await openDistrict();
  const hers = await (await openDesk()).page();
  const theirs = await (await openDesk()).page();
  await enrolSynced(hers, district, zhouMin);
  await enrolSynced(theirs, district, liXiulan);
  await untilFound(theirs, '王建国', false);

  await test.step('shared: it arrives there', async () => {
    await openRecord(hers, '王建国');
    await hers.getByRole('button', { name: '共享' }).click();
    await dialog(hers).getByText('另一个辖区').click();
    await chooseArea(hers, '日晖六村');
    await dialog(hers)
      .getByRole('button', { name: /共\s?享/ })
      .click();
    await expect(hers.getByText('另外共享给了')).toBeVisible();
    await untilFound(theirs, '王建国', true);
  });

  await test.step('taken back: it is gone there, and here as before', async () => {
    await hers.getByRole('button', { name: /不再共享给日晖六村/ }).click();
    await untilFound(theirs, '王建国', false);
    await untilFound(hers, '王建国', true);
  });

  await test.step('handed over: it goes there and leaves here', async () => {
    await openRecord(hers, '王建国');
    await handOver(hers, '日晖六村');
    await untilFound(theirs, '王建国', true);
    await untilFound(hers, '王建国', false);
    await expect(indicator(hers)).toContainText('已同步', { timeout: 60_000 });
  });
});
