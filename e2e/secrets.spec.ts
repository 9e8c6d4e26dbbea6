/**
 * What a thief of the computer finds (security.md): a day's work with names, numbers and texts, then every file that the app has
 * written, searched for all of it. And what the page gets to know: no token, and nothing that its policy has to refuse.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { town } from '../shared/testing/town.ts';
import { fillLog } from './support/damage.ts';
import { PASSPHRASE, enrolSynced, lock, unlock } from './support/door.ts';
import { go, indicator, save, search, write } from './support/forms.ts';
import { expect, test } from './support/story.ts';
import { sought, spellings, tracesIn, type Sought } from './support/traces.ts';

const { zhouMin } = town.people;

/** What was typed, what the district sent, and what the computer made of it. */
const SECRETS: Readonly<Record<string, string>> = {
  'a name that was typed': '何藏春',
  'its pinyin': 'hecangchun',
  'an identity number': '310104199001017336',
  'a birthday': '1990-01-01',
  'a telephone': '13800138123',
  'a remark': '钥匙在花盆底下',
  'a draft': '这段话还没有保存',
  'what was searched': '查找过的词语',
  'a resident of the district': '王建国',
  'his pinyin': 'wangjianguo',
  'an address': '大木桥路',
  'the person at the desk': zhouMin.name,
  'their passphrase': PASSPHRASE,
};

test('nothing of a day’s work lies on the disk in the clear, and the page knows no token', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(180_000);
  const temporary = mkdtempSync(join(tmpdir(), 'linli-secrets-'));
  const district = await openDistrict();
  const desk = await openDesk({ TMPDIR: temporary });
  let page = await desk.page();
  const complaints: string[] = [];
  // Of every page that comes to be, from its first word.
  desk
    .app()
    .context()
    .on('console', (message) => {
      if (/Content.Security.Policy|unsafe-eval/i.test(message.text())) complaints.push(message.text());
    });
  await enrolSynced(page, district, zhouMin);

  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  const form = page.getByRole('form');
  await write(form, '姓名', '何藏春');
  await write(form, '证件 证件号码', '310104199001017336');
  await form.getByRole('button', { name: '联系电话 添加一条' }).click();
  await write(form, '号码', '13800138123');
  await write(form, '备注', '钥匙在花盆底下');
  await save(form);
  await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });
  await search(page, 'hecangchun');
  await search(page, '查找过的词语');
  await page.keyboard.press('Escape');
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await write(page.getByRole('form'), '备注', '这段话还没有保存');
  await page.waitForTimeout(2_500);

  const { keys, known } = await page.evaluate(async () => {
    const { linli } = globalThis as unknown as { linli: { ask: (name: string) => Promise<unknown> } };
    const session = (await linli.ask('door.session')) as {
      ownKey: Uint8Array;
      scopeKeys: readonly { readonly key: Uint8Array }[];
    };
    const handshake = await fetch('/api/handshake', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ protocol: 2, app: '0' }),
    });
    const { ownKey, scopeKeys, ...rest } = session;
    const state = await linli.ask('door.state');
    return {
      keys: [ownKey, ...scopeKeys.map(({ key }) => key)].map((key) => [...key]),
      known: JSON.stringify([rest, state, await handshake.json(), { ...localStorage }, document.cookie]),
    };
  });
  expect(known).not.toMatch(/token|bearer/i);
  expect(known).toContain(zhouMin.id);

  page = await lock(desk);
  await unlock(page);
  // A page that breaks down leaves no picture of its memory behind.
  const next = desk.app().waitForEvent('window');
  await desk.app().evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.forcefullyCrashRenderer();
  });
  page = await next;
  await unlock(page);
  await fillLog(page);
  await desk.close();

  expect(keys.length).toBeGreaterThan(2);
  const secrets: Sought = [
    ...sought(SECRETS),
    ...keys.map((bytes, index) => {
      const key = Buffer.from(bytes);
      return [
        `key ${index}`,
        [key, Buffer.from(key.toString('base64')), Buffer.from(key.toString('hex'))],
      ] as const;
    }),
  ];
  expect(tracesIn([desk.profile, temporary], secrets).found).toEqual([]);
  // The search itself finds what is there: identifiers lie in the clear by design.
  const ids: Sought = [['the person’s id', spellings(zhouMin.id)]];
  expect(tracesIn([desk.profile], ids).found.length).toBeGreaterThan(0);
  expect(complaints).toEqual([]);
  rmSync(temporary, { recursive: true, force: true });
});
