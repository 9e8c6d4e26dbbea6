import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fontFamily, palettes, space, type, type Palette } from './tokens.ts';

const css = readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8');
const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const block = (selector: string): string => css.split(`${selector} {`)[1]?.split('}')[0] ?? '';
const declared = (selector: string): ReadonlyMap<string, string> =>
  new Map(
    [...block(selector).matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [
      name,
      value.replace(/\s+/g, ' '),
    ]),
  );

/** WCAG 2.2 relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

describe('the look', () => {
  test.each(['light', 'dark'] as const)('%s: the edge of a control can be seen (3 : 1)', (theme) => {
    const { edge, panel } = palettes[theme];
    expect(contrast(edge, panel)).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['light', ':root'],
    ['dark', ":root[data-theme='dark']"],
  ] as const)('%s says the same in CSS as for the UI library', (theme, selector) => {
    const found = declared(selector);
    const colours = Object.fromEntries(
      Object.keys(palettes[theme]).map((name) => [name, found.get(kebab(name))]),
    );
    expect(colours).toEqual(palettes[theme]);
  });

  test('spacing, type and fonts are one scale', () => {
    const found = declared(':root');
    const rem = (pixels: number): string => `${pixels / 16}rem`;
    for (const [name, pixels] of Object.entries(space)) expect(found.get(`space-${name}`)).toBe(rem(pixels));
    for (const [name, pixels] of Object.entries(type)) expect(found.get(`type-${name}`)).toBe(rem(pixels));
    expect(found.get('font')).toBe(fontFamily);
  });

  test.each(['light', 'dark'] as const)(
    '%s: every text can be read on what it stands on (4.5 : 1)',
    (theme) => {
      const colours: Palette = palettes[theme];
      const pairs: readonly (readonly [keyof Palette, keyof Palette])[] = [
        ...(['ink', 'inkSoft', 'inkFaint', 'accent', 'danger', 'care', 'done'] as const).flatMap((text) =>
          (['paper', 'panel'] as const).map((ground) => [text, ground] as const),
        ),
        ['ink', 'shade'],
        ['inkSoft', 'shade'],
        ['inkFaint', 'shade'],
        ['care', 'shade'],
        ['danger', 'shade'],
        ['care', 'accentTint'],
        ['danger', 'accentTint'],
        ['inkSoft', 'accentTint'],
        ['accent', 'accentTint'],
        ['onAccent', 'accent'],
        ['danger', 'dangerTint'],
        ['care', 'careTint'],
        ['inkSoft', 'careTint'],
        ['done', 'doneTint'],
        ['ink', 'accentTint'],
        ['panel', 'danger'],
      ];
      const weak = pairs.filter(([text, ground]) => contrast(colours[text], colours[ground]) < 4.5);
      expect(
        weak.map((pair) => `${pair.join(' on ')} ${contrast(colours[pair[0]], colours[pair[1]]).toFixed(2)}`),
      ).toEqual([]);
    },
  );
});
