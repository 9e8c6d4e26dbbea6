/** Packages from beside the server, on files as they lie on a stick. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { doorOf, exportFile, importFile, runningDoor, type PackageDoor } from './administrate-packages.ts';
import { buildApp } from './app.ts';
import { createCast, type Cast } from './testing/cast.ts';
import type { Desk } from './testing/desk.ts';
import { readAnswer, writePackage } from './testing/package.ts';
import { villagers } from './testing/village.ts';

let cast: Cast;
let desk: Desk;
let stick: string;
beforeEach(async () => {
  cast = await createCast();
  desk = await cast.desk(villagers.zhouMin);
  stick = mkdtempSync(join(tmpdir(), 'linli-stick-'));
});
afterEach(() => rmSync(stick, { recursive: true, force: true }));

const asks = { [villagers.zhouMin.id]: {} };
const on = (name: string): string => join(stick, name);

async function carried(door: PackageDoor): Promise<void> {
  const written = await writePackage(desk, {
    batches: [[await desk.entry(desk.pen.create('漏水'))]],
    asks,
  });
  writeFileSync(on('7.linli'), written.text);
  expect(await importFile(door, { kind: 'import', from: on('7.linli'), answer: on('a.linli') })).toEqual({
    ok: true,
    value: `${desk.device}：第 1 个同步包 / package no. 1\n确认 1，退回 0，先留着 0 / confirmed 1, refused 0, held 0\n答复文件 / answer: ${on('a.linli')}`,
  });
  expect((await readAnswer(readFileSync(on('a.linli'), 'utf8'), desk, written)).isSigned).toBe(true);
  await exportFile(door, { kind: 'export', device: desk.device, answer: on('b.linli') });
  const again = await readAnswer(readFileSync(on('b.linli'), 'utf8'), desk, written);
  expect([again.isSigned, again.people.size]).toEqual([true, 1]);
  writeFileSync(on('x.linli'), 'nothing of ours');
  const wrong = await importFile(door, { kind: 'import', from: on('x.linli'), answer: on('c.linli') });
  expect(wrong).toEqual({ ok: false, error: expect.stringContaining('这不是同步包') });
  expect(await importFile(door, { kind: 'import', from: on('none'), answer: on('c.linli') })).toMatchObject({
    ok: false,
  });
  expect(await exportFile(door, { kind: 'export', device: 'device_x', answer: on('c.linli') })).toMatchObject(
    {
      ok: false,
    },
  );
  expect(existsSync(on('c.linli'))).toBe(false);
}

it('PACK-6 a command takes a package and writes its answer, while no server runs', () =>
  carried(doorOf(cast.district)));

it('PACK-6 the same command works through the door of the running server', async () => {
  const adminSecret = 'a-secret-of-the-data-folder';
  const app = await buildApp({
    district: cast.district,
    clock: () => cast.clock.now,
    log: () => undefined,
    adminSecret,
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    await carried(runningDoor({ url, secret: adminSecret }));
    await expect(
      importFile(runningDoor({ url, secret: 'guessed' }), {
        kind: 'import',
        from: on('7.linli'),
        answer: on('d.linli'),
      }),
    ).rejects.toThrow('401');
  } finally {
    await app.close();
  }
});

it('PACK-6 a stick that is full, or a district that moves on meanwhile, leaves no half answer under the right name', async () => {
  const door = doorOf(cast.district);
  await carried(door);
  expect(await exportFile(door, { kind: 'export', device: desk.device, answer: on('none/a.linli') })).toEqual(
    {
      ok: false,
      error: expect.stringContaining('export'),
    },
  );
  const { standingAs } = cast.transactor;
  const losing = {
    ...cast.transactor,
    standingAs: async (...asked: Parameters<typeof standingAs>) => {
      const { head, scopes } = await standingAs(...asked);
      return { head: { ...head, epoch: 'epoch-2' }, scopes };
    },
  };
  const other = await createCast(losing, 1, cast.keys);
  const broken = await exportFile(doorOf(other.district), {
    kind: 'export',
    device: desk.device,
    answer: on('e.linli'),
  });
  expect([broken.ok, existsSync(on('e.linli')), existsSync(on('e.linli.part'))]).toEqual([
    false,
    false,
    false,
  ]);
});
