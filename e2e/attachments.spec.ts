/**
 * Photographs and scans: added without a network, durable at once, sent behind the records while the desk is locked; the colleague sees the
 * small picture at once and the large one when it is wanted. Nothing of a file lies in the clear.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleFiles } from '../shared/core/attachment/sample-files.ts';
import { town } from '../shared/testing/town.ts';
import { enrolSynced, lock, unlock } from './support/door.ts';
import { CAMERA, takenAt } from './support/exif.ts';
import { choose, dialog, go, indicator, pick, save, write } from './support/forms.ts';
import { findInside, registerGroups, pendingInside } from './support/inside.ts';
import { expect, test } from './support/story.ts';
import { sought, tracesIn, type Sought } from './support/traces.ts';

const { zhouMin, chenGuodong } = town.people;
const bytesOf = (content: string): Buffer => Buffer.from(content, 'base64');

test('FILE-3 FILE-8 FILE-12 a photograph and a receipt, from a desk without a network to the colleague’s screen @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'linli-photos-'));
  const photo = join(folder, '天花板.jpg');
  const receipt = join(folder, '收条.pdf');
  const false_ = join(folder, '照片.jpg');
  const taken = takenAt(bytesOf(sampleFiles.ceiling.content));
  writeFileSync(photo, taken.photo);
  writeFileSync(receipt, bytesOf(sampleFiles.receipt.content));
  writeFileSync(false_, 'MZ this is no photograph');
  const district = await openDistrict();
  const desk = await openDesk();
  let page = await desk.page();
  await enrolSynced(page, district, zhouMin);
  await district.stop();
  await expect(indicator(page)).toContainText('离线', { timeout: 30_000 });

  await test.step('added in the form; what is no photograph is not', async () => {
    await go(page, '人民调解');
    await page.getByRole('button', { name: '新登记一件调解' }).click();
    const form = page.getByRole('form', { name: '新登记人民调解' });
    await choose(form, '纠纷类型', '邻里纠纷');
    await write(form, '纠纷简要情况', '楼上漏水，把天花板泡坏了。');
    await pick(form, '当事人', 'wangwei', '王伟');
    await pick(form, '当事人', '1122', '王薇');
    const files = form.locator('input[type=file][data-field$="evidenceFiles"]');
    await files.setInputFiles([photo, receipt, false_]);
    const list = form.getByRole('list', { name: '证据照片、扫描件' });
    await expect(list.getByRole('listitem')).toHaveCount(2);
    await expect(list.getByText('天花板.jpg')).toBeVisible();
    await expect(form.getByText('照片.jpg：只收照片和扫描件（jpg、png、pdf）')).toBeVisible();
    await save(form);
    await expect(page.getByText(/已存本机，待传/).first()).toBeVisible();
    await page.getByRole('list', { name: '证据照片、扫描件' }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: 'test-results/attachments-detail.png' });
  });

  await test.step('sealed on the disk: no byte of them can be read', async () => {
    const waiting = join(desk.profile, 'attachments', 'waiting');
    const sealed = readdirSync(waiting);
    expect(sealed).toHaveLength(2);
    for (const name of sealed) {
      const text = readFileSync(join(waiting, name)).toString('latin1');
      expect(text).not.toContain('%PDF');
      expect(text).not.toContain('Receipt');
      expect(text).not.toContain('JFIF');
    }
  });

  await test.step('locked; the district comes back, and the files arrive behind the record', async () => {
    page = await lock(desk);
    await district.start();
    await expect
      .poll(() => readdirSync(join(desk.profile, 'attachments', 'kept')).length, { timeout: 60_000 })
      .toBe(2);
    await unlock(page);
    await expect(indicator(page)).toContainText('已同步', { timeout: 30_000 });
    await expect(indicator(page)).not.toContainText('附件待传');
  });

  await test.step('the colleague sees the small picture, and opens the large one', async () => {
    const colleague = await openDesk();
    const other = await colleague.page();
    await enrolSynced(other, district, chenGuodong);
    await go(other, '人民调解');
    await other.getByText('王伟、王薇').first().click();
    const card = other.getByRole('button', { name: '打开 天花板.jpg' });
    await expect(card.locator('img')).toHaveJSProperty('complete', true);
    await expect(card).toContainText('在区里，点开再取');
    await card.click();
    await expect(dialog(other).getByRole('img', { name: '天花板.jpg' })).toBeVisible({ timeout: 30_000 });
    await other.screenshot({ path: 'test-results/attachments-picture.png' });
    // Where it was taken, and with which telephone, has stayed behind.
    expect([taken.photo.includes(taken.place), taken.photo.includes(CAMERA)]).toEqual([true, true]);
    await dialog(other).getByRole('button', { name: '另存到电脑' }).click();
    await expect.poll(() => readdirSync(colleague.saved)).toEqual(['天花板.jpg']);
    const kept = readFileSync(join(colleague.saved, '天花板.jpg'));
    expect([...kept.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    expect([kept.includes(taken.place), kept.includes(CAMERA), kept.includes('Exif')]).toEqual([
      false,
      false,
      false,
    ]);
    await other.keyboard.press('Escape');
    await expect(card).toContainText('已送达区里');
    await district.stop();
    await card.click();
    await expect(dialog(other).getByRole('img', { name: '天花板.jpg' })).toBeVisible();
    await colleague.kill();
    await desk.kill();
    // On no computer of a desk lies what they show or what they are called; on the district's, nothing of what they show.
    const scan = bytesOf(sampleFiles.receipt.content);
    const shown: Sought = [
      ['the photograph', [kept.subarray(-400, -200)]],
      ['the scan', [scan.subarray(40, 90)]],
    ];
    const names = sought({ 'the photograph’s name': '天花板', 'the scan’s name': '收条' });
    const desks = tracesIn([desk.profile, colleague.profile], [...shown, ...names]);
    expect([desks.found, tracesIn([district.data], shown).found]).toEqual([[], []]);
    expect(desks.pieces).toBeGreaterThan(0);
  });
  rmSync(folder, { recursive: true, force: true });
});

test('FILE-12 on a line of 1 Mbit/s records arrive as quickly beside a scan of 18 MB as without it @slow', async ({
  openDistrict,
  openNarrowLine,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'linli-scans-'));
  const scan = join(folder, '卷宗.pdf');
  writeFileSync(
    scan,
    Buffer.concat([
      Buffer.from('%PDF-1.4\n'),
      randomBytes(18_000_000),
      Buffer.from('\nstartxref\n9\n%%EOF\n'),
    ]),
  );
  const district = await openDistrict();
  const line = await openNarrowLine(district.url, { bitsPerSecond: 10_000_000 });
  const desk = await openDesk();
  const page = await desk.page();
  await enrolSynced(page, { url: line.url, code: district.code }, zhouMin);
  await findInside(page);
  line.put({ bitsPerSecond: 1_000_000 });

  /** From the saving to the district's verdict, five times, in milliseconds; the one in the middle. */
  const arrival = async (what: string): Promise<number> => {
    const times: number[] = [];
    for (let at = 1; at <= 5; at++) {
      const began = Date.now();
      await registerGroups(page, [{ area: town.areas.jiangnan.code, names: [`${what}${at}`] }]);
      await expect.poll(() => pendingInside(page), { intervals: [50], timeout: 60_000 }).toBe(0);
      times.push(Date.now() - began);
    }
    return times.sort((one, other) => one - other)[2] ?? Infinity;
  };
  const residentBytes = (): Promise<number> => desk.app().evaluate(() => process.memoryUsage().rss);

  const alone = await arrival('独行');
  const before = await residentBytes();
  await go(page, '人民调解');
  await page.getByRole('button', { name: '新登记一件调解' }).click();
  const form = page.getByRole('form', { name: '新登记人民调解' });
  await choose(form, '纠纷类型', '邻里纠纷');
  await write(form, '纠纷简要情况', '卷宗很厚。');
  await pick(form, '当事人', 'wangwei', '王伟');
  await pick(form, '当事人', '1122', '王薇');
  await form.locator('input[type=file][data-field$="evidenceFiles"]').setInputFiles([scan]);
  // Quicker than the scan: what is typed meanwhile stays, and saving waits for it.
  await write(form, '纠纷简要情况', '卷宗很厚，先存着。');
  await form.getByRole('button', { name: '保存', exact: true }).click();
  await expect(form).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('list', { name: '证据照片、扫描件' }).getByText('卷宗.pdf')).toBeVisible();
  await expect(page.getByText('卷宗很厚，先存着。')).toBeVisible();
  const onItsWay = line.passed();
  await expect.poll(() => line.passed() - onItsWay, { timeout: 60_000 }).toBeGreaterThan(300_000);
  const beside = await arrival('同行');
  const grown = Math.round(((await residentBytes()) - before) / 1e6);
  console.log(
    `records: ${alone} ms alone, ${beside} ms beside the scan; the main process has grown by ${grown} MB`,
  );
  // It was under way all the time, and still is.
  expect(readdirSync(join(desk.profile, 'attachments', 'waiting'))).toHaveLength(1);
  expect(line.passed() - onItsWay).toBeLessThan(18_000_000);
  // A record waits for the part that is on the line, which is as long as a second, and for nothing else.
  expect(beside).toBeLessThan(alone + 2_500);
  expect(grown).toBeLessThan(150);
  rmSync(folder, { recursive: true, force: true });
});
