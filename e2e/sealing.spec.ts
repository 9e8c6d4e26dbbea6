/** What is large is sealed in a thread of the packaged window, which can neither load nor ask for anything. */
import { town } from '../shared/testing/town.ts';
import { enrolSynced } from './support/door.ts';
import { expect, test } from './support/story.ts';

test('a first download is sealed in one thread of our own, which reaches nobody', async ({
  openDistrict,
  openDesk,
}) => {
  const district = await openDistrict();
  const desk = await openDesk();
  const page = await desk.page();
  await enrolSynced(page, district, town.people.zhouMin);
  const threads = page.workers();
  expect(threads.map((thread) => thread.url())).toEqual([
    expect.stringMatching(/^app:\/\/desk\/assets\/seal-worker-[\w-]+\.js$/),
  ]);
  const reached = await threads[0]?.evaluate(() =>
    fetch('app://desk/index.html').then(
      () => 'reached',
      () => 'refused',
    ),
  );
  expect(reached).toBe('refused');
});
