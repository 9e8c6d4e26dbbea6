/** A desk that never has a network: it enrols by files, works, and is answered through files alone. */
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { enrolSynced } from './support/door.ts';
import { choose, dialog, go, indicator, pick, save, search, write } from './support/forms.ts';
import type { Desk } from './support/launch.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, chenGuodong } = town.people;
const SECRET = '石库门里-没有网络-2026';

test('two walks with a stick: residents and a mediation are answered, a colleague’s news arrives, wrong files change nothing @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(180_000);
  // What the district believes to be its address is none: nobody answers there.
  const district = await openDistrict({ address: 'http://127.0.0.1:9' });
  const desk = await openDesk();
  const page = await desk.page();
  const stick = new Stick(desk);

  await test.step('enrolled by two files; nobody answers at the address that the district has given', async () => {
    await page.getByRole('button', { name: /没有网络/ }).click();
    await page.getByRole('button', { name: /存登记申请/ }).click();
    await expect(page.getByText(/已存为/)).toBeVisible();
    const request = join(desk.saved, readdirSync(desk.saved)[0] ?? '');
    const answer = join(desk.saved, 'zz-answer.json');
    await district.administer('enrol-file', request, '--person', zhouMin.id, '--out', answer);
    await district.stop();
    await page.getByRole('button', { name: /读答复文件/ }).click();
    await page.getByLabel(/^设一个/).fill(SECRET);
    await page.getByLabel(/^再输一遍/).fill(SECRET);
    await page.getByRole('button', { name: /核对无误/ }).click();
    await expect(page.getByRole('navigation').getByText('工作台').first()).toBeVisible({ timeout: 30_000 });
  });

  await test.step('two residents and a mediation are registered', async () => {
    for (const name of ['何无网', '何有盘']) {
      await go(page, '居民');
      await page.getByRole('button', { name: '新登记一位居民' }).click();
      await write(page.getByRole('form'), '姓名', name);
      await save(page.getByRole('form'));
    }
    await go(page, '人民调解');
    await page.getByRole('button', { name: '新登记一件调解' }).click();
    const form = page.getByRole('form', { name: '新登记人民调解' });
    await choose(form, '纠纷类型', '邻里纠纷');
    await write(form, '纠纷简要情况', '楼上滴水，两家商量着修。');
    await pick(form, '当事人', '何无网', '何无网');
    await pick(form, '当事人', '何有盘', '何有盘');
    await save(form);
    await expect(page.getByText(/临-\w+-1/).first()).toBeVisible();
    await expect(indicator(page)).toContainText('待上传 3');
  });

  let first = '';
  await test.step('the first walk: the package is judged by a command, its answer brings verdicts, numbers and the district', async () => {
    await stick.save(page);
    await expect(dialog(page).getByText(/已存为 .+\.linli/)).toBeVisible();
    const said = await district.administer('import', stick.out(), '--answer', stick.answer('1'));
    expect(said).toContain('确认 3，退回 0，先留着 0');
    first = stick.answer('1');
    await stick.read(page);
    await expect(dialog(page).getByText('送达 3 条', { exact: false })).toBeVisible();
    await closeDialog(page);
    await expect(indicator(page)).not.toContainText('待上传');
    await expect(indicator(page)).toContainText('离线');
    await expect(indicator(page)).not.toContainText('已同步');
    await expect(page.getByText(/〔\d{4}〕|（\d{4}）/).first()).toBeVisible({ timeout: 20_000 });
    await expect((await search(page, '王伟')).first()).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('the second walk brings only what a colleague has done since', async () => {
    await district.start();
    const colleague = await openDesk();
    const other = await colleague.page();
    await enrolSynced(other, district, chenGuodong);
    await go(other, '居民');
    await other.getByRole('button', { name: '新登记一位居民' }).click();
    await write(other.getByRole('form'), '姓名', '戚新来');
    await save(other.getByRole('form'));
    await expect(indicator(other)).toContainText('已同步', { timeout: 30_000 });
    await colleague.close();
    await stick.save(page);
    await expect(
      dialog(page)
        .getByText(/第 2 个/)
        .first(),
    ).toBeVisible();
    // Through the running server this time.
    await district.administer('import', stick.out(), '--answer', stick.answer('2'));
    await district.stop();
    await stick.read(page);
    await expect(dialog(page).getByText(/第 2 个包的答复已导入/)).toBeVisible();
    await closeDialog(page);
    await expect((await search(page, '戚新来')).first()).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('the same, an older, a cut, a changed one, and the package itself: each has its sentence, nothing changes', async () => {
    const answer = readFileSync(stick.answer('2'), 'utf8');
    const lines = answer.split('\n');
    const cases: Readonly<Record<string, string>> = {
      已经导入过了: answer,
      比已经导入的旧: readFileSync(first, 'utf8'),
      不完整: `${lines.slice(0, -2).join('\n')}\n`,
      不是区里原来的样子: answer.replace(/("sealed":".{300})./, (_, kept: string) => `${kept}${'0'}`),
      不是答复: readFileSync(stick.out(), 'utf8'),
      另一台电脑: answer.replace(/("device":"device_.{20}).{6}/, '$1000000'),
    };
    for (const [words, text] of Object.entries(cases)) {
      stick.lay(text);
      await stick.read(page);
      await expect(dialog(page).getByText(words).first()).toBeVisible();
      await closeDialog(page);
    }
    await expect((await search(page, '戚新来')).first()).toBeVisible();
  });
});

/** The folder that stands for the stick: what was saved last is what is read next. */
class Stick {
  readonly #folder: string;
  #count = 0;
  constructor({ saved }: Desk) {
    this.#folder = saved;
  }
  answer(name: string): string {
    return join(this.#folder, `answer-${name}.linli`);
  }
  /** The newest package. */
  out(): string {
    const names = readdirSync(this.#folder).filter((name) => /^D\d+-.*\.linli$/.test(name));
    return join(this.#folder, names.sort((one, other) => numberIn(one) - numberIn(other)).at(-1) ?? '');
  }
  lay(text: string): void {
    this.#count += 1;
    const path = join(this.#folder, `laid-${this.#count}.linli`);
    writeFileSync(path, text);
    const later = Date.now() / 1000 + this.#count;
    utimesSync(path, later, later);
  }
  async save(page: Page): Promise<void> {
    await openDialog(page);
    await dialog(page)
      .getByRole('button', { name: /导出同步包/ })
      .click();
  }
  async read(page: Page): Promise<void> {
    if (!(await dialog(page).isVisible())) await openDialog(page);
    await dialog(page)
      .getByRole('button', { name: /导入答复/ })
      .click();
  }
}

/** Whoever goes on sooner meets a dialog on its way out. */
async function closeDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
}

const numberIn = (name: string): number => Number(/-(\d+)\.linli$/.exec(name)?.[1] ?? 0);

async function openDialog(page: Page): Promise<void> {
  await indicator(page).click();
  await page.getByRole('button', { name: '用 U 盘同步…' }).click();
  await expect(dialog(page)).toBeVisible();
}
