/** Every text in both languages, with the same places to fill in; every key that a screen asks for is there, and none is there for nobody. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resources } from './i18n.ts';

type Tree = { readonly [key: string]: string | readonly string[] | Tree };
const leaves = (tree: unknown, path = ''): readonly (readonly [string, string])[] =>
  typeof tree === 'string'
    ? [[path, tree]]
    : Object.entries(tree as Tree).flatMap(([key, branch]) =>
        leaves(branch, path === '' ? key : `${path}.${key}`),
      );

const zh = new Map(leaves(resources.zh.translation));
const en = new Map(leaves(resources.en.translation));
const places = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

const renderer = join(import.meta.dirname, '..');
const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|testing\/|(zh|en)\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(renderer, name), 'utf8') }));

describe('texts', () => {
  test('say the same things in both languages', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
    const differing = [...zh].filter(
      ([key, text]) => places(text).join() !== places(en.get(key) ?? '').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  test('are never empty, and English ones hold no Chinese', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '')).toEqual([]);
    // Names of the languages, and an address as it is typed in Shanghai.
    const onPurpose = ['app.settings.language', 'app.settings.zh', 'kit.form.address'];
    expect([...en].filter(([key, text]) => /\p{Script=Han}/u.test(text) && !onPurpose.includes(key))).toEqual(
      [],
    );
  });

  test('of the frame are all asked for by some screen', () => {
    // A key may be completed at run time: `doorRefusal.${code}` asks for everything below doorRefusal.
    const asked = sources.flatMap(({ text }) => [
      ...[...text.matchAll(/['"`]([a-zA-Z][\w.-]*(?:\.[\w.-]+)?)['"`]/g)].map(([, key]) => key ?? ''),
      ...[...text.matchAll(/\bzh\.([\w.]+)/g)].map(([, key]) => key ?? ''),
      ...[...text.matchAll(/`(?:app\.)?([a-zA-Z][\w.]*\.)\$\{/g)].map(([, start]) => `${start}*`),
    ]);
    const exact = new Set(asked);
    const starts = asked.filter((key) => key.endsWith('.*')).map((key) => key.slice(0, -1));
    const unasked = [...zh.keys()]
      .filter((key) => key.startsWith('app.'))
      .map((key) => key.slice('app.'.length))
      .filter((key) => !exact.has(key) && !starts.some((start) => key.startsWith(start)));
    expect(unasked).toEqual([]);
  });
});
