import { expect, test } from 'vitest';
import type { DocumentBlock } from '../../../shared/core/document.ts';
import { documentHtml, escapeHtml } from './document-html.ts';

const HOSTILE = `<script>alert("1")</script><img src=x onerror='x'>&`;
const body = (blocks: readonly DocumentBlock[]): string => {
  const html = documentHtml({ name: '人民调解协议书', blocks });
  return html.slice(html.indexOf('<main>') + 6, html.indexOf('</main>'));
};

test('every text of every kind of block is escaped', () => {
  const blocks: readonly DocumentBlock[] = [
    { kind: 'title', text: HOSTILE },
    { kind: 'number', text: HOSTILE },
    { kind: 'line', label: HOSTILE, value: HOSTILE },
    { kind: 'block', label: HOSTILE, items: [{ label: HOSTILE, value: HOSTILE }] },
    { kind: 'heading', text: HOSTILE },
    { kind: 'paragraph', text: HOSTILE },
    { kind: 'list', items: [HOSTILE] },
    { kind: 'table', columns: [HOSTILE], rows: [[HOSTILE]] },
    { kind: 'signatures', places: [HOSTILE] },
    { kind: 'date', text: HOSTILE },
  ];
  const html = documentHtml({ name: HOSTILE, blocks }, { draft: HOSTILE });
  expect(html).not.toMatch(/<script|<img|onerror='/);
  expect(html.split(escapeHtml(HOSTILE)).length - 1).toBe(16);
});

test('the page asks for nothing from outside and runs nothing', () => {
  const html = documentHtml({ name: '登记表', blocks: [] });
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; font-src 'self' data:"`);
  expect(html).not.toMatch(/https?:|<script|@import|url\(/);
});

test('an absent value leaves a rule to write on; typed line breaks stay', () => {
  expect(body([{ kind: 'line', label: '调解日期', value: '' }])).toBe(
    '<p class="line"><b>调解日期</b><span><span class="rule"></span></span></p>',
  );
  expect(body([{ kind: 'paragraph', text: '一、赔偿1200元。\n二、十日内付清。' }])).toBe(
    '<p class="paragraph">一、赔偿1200元。</p><p class="paragraph">二、十日内付清。</p>',
  );
});

test('a party block keeps its order: short values share a line, a long one has its own', () => {
  const items = [
    { label: '姓名', value: '王伟' },
    { label: '性别', value: '男' },
    { label: '民族', value: '汉族' },
    { label: '单位或住址', value: '斜土路1200弄5号302室（江南新村）' },
  ];
  expect(body([{ kind: 'block', label: '申请人', items }])).toBe(
    '<table class="party"><caption>申请人</caption><tbody>' +
      '<tr><th scope="row">姓名</th><td>王伟</td><th scope="row">性别</th><td>男</td></tr>' +
      '<tr><th scope="row">民族</th><td colspan="3">汉族</td></tr>' +
      '<tr><th scope="row">单位或住址</th><td colspan="3">斜土路1200弄5号302室（江南新村）</td></tr>' +
      '</tbody></table>',
  );
});

test('the style carries the nonce of the window, so that the preview may use it', () => {
  expect(documentHtml({ name: '登记表', blocks: [] }, { nonce: 'a"b' })).toContain(
    '<style nonce="a&quot;b">',
  );
});

test('a new sheet is a page of its own on paper, and a cut on the screen', () => {
  expect(body([{ kind: 'sheet' }])).toBe('<hr class="sheet">');
  expect(documentHtml({ name: '回访记录', blocks: [] })).toContain(
    '@media print { .sheet { margin: 0; border: 0; break-after: page; } }',
  );
});

test('places to sign stay together unless there are too many for a page; a seal has the width of the paper', () => {
  const places = (count: number): string =>
    body([{ kind: 'signatures', places: Array.from({ length: count }, () => '当事人（签名）') }]);
  expect([places(12), places(13)].map((html) => html.slice(0, 30))).toEqual([
    expect.stringMatching(/^<div class="signatures">/),
    expect.stringMatching(/^<div class="signatures many">/),
  ]);
  expect(body([{ kind: 'signatures', places: ['江南新村居民区人民调解委员会（印章）'] }])).toBe(
    '<div class="signatures"><p class="wide"><b>江南新村居民区人民调解委员会（印章）</b><span class="rule"></span></p></div>',
  );
});
