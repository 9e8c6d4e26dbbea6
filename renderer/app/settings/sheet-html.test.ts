import { expect, test } from 'vitest';
import { groupsOf, sheetHtml } from './sheet-html.ts';

test('words stand in groups however they are separated', () => {
  const groups = ['K7QMD', '3XH9P', 'W4TRC'];
  expect(groupsOf('K7QMD 3XH9P W4TRC')).toEqual(groups);
  expect(groupsOf(' K7QMD-3XH9P\nW4TRC ')).toEqual(groups);
});

test('the sheet has everything on it, loads nothing, and takes no text for markup', () => {
  const html = sheetHtml({
    title: '恢复单',
    name: '<b>周敏</b>',
    made: '2026-11-23',
    groups: ['K7QMD', '3XH9P'],
    advice: ['封好 & 收好'],
  });
  for (const text of ['K7QMD', '3XH9P', '&lt;b&gt;周敏&lt;/b&gt;', '封好 &amp; 收好'])
    expect(html).toContain(text);
  expect(html).not.toContain('<b>');
  expect(html).not.toMatch(/<(script|img|link)|https?:|url\(/);
});
