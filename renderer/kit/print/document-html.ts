/**
 * A paper as one self-contained page: what the preview shows is what goes to the printer and into the PDF. No scripts, nothing remote;
 * every text is escaped. A4 with the margins of official papers (GB/T 9704), Song type, labels in the official order.
 */
import type { DocumentBlock, DocumentModel } from '../../../shared/core/document.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

interface Options {
  /** Marked as a draft above the title while something is missing. */
  readonly draft?: string;
  /** Of the window's policy, which the preview inherits; without it the preview would stand there without its style. */
  readonly nonce?: string;
}

export function documentHtml(document: DocumentModel, { draft, nonce }: Options = {}): string {
  const mark = draft === undefined ? '' : `<p class="draft">${escapeHtml(draft)}</p>`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src 'self' data:">
<title>${escapeHtml(document.name)}</title>
<style${nonce === undefined ? '' : ` nonce="${escapeHtml(nonce)}"`}>${style}</style>
</head>
<body>
<main>${mark}${document.blocks.map(blockHtml).join('\n')}</main>
</body>
</html>`;
}

/** Line breaks that people typed stay. */
const lines = (text: string): string => escapeHtml(text).replace(/\r?\n/g, '<br>');

const filled = (value: string): string => (value.trim() === '' ? '<span class="rule"></span>' : lines(value));

function blockHtml(block: DocumentBlock): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${lines(block.text)}</h1>`;
    case 'number':
      return `<p class="number">${lines(block.text)}</p>`;
    case 'line':
      return `<p class="line"><b>${lines(block.label)}</b><span>${filled(block.value)}</span></p>`;
    case 'block':
      return partyTable(block.label, block.items);
    case 'heading':
      return `<h2>${lines(block.text)}</h2>`;
    case 'paragraph':
      return block.text.trim() === ''
        ? '<p class="paragraph empty"><span class="rule"></span><span class="rule"></span></p>'
        : block.text
            .split(/\r?\n/)
            .map((text) => `<p class="paragraph">${escapeHtml(text)}</p>`)
            .join('');
    case 'list':
      return `<ol>${block.items.map((item) => `<li>${filled(item)}</li>`).join('')}</ol>`;
    case 'table':
      return table(block.columns, block.rows);
    case 'signatures':
      return `<div class="signatures${block.places.length > MANY ? ' many' : ''}">${block.places.map(signatureHtml).join('')}</div>`;
    case 'date':
      return `<p class="date">${lines(block.text)}</p>`;
    case 'sheet':
      return '<hr class="sheet">';
  }
}

/** More places to sign than stay together on one page. */
const MANY = 12;

/** A place whose label is long, such as a committee's seal, has the whole width. */
const signatureHtml = (place: string): string =>
  `<p${place.length > LONG ? ' class="wide"' : ''}><b>${lines(place)}</b><span class="rule"></span></p>`;

/** Long values take a line of their own; short ones share it, two pairs a line. */
const LONG = 14;

interface Pair {
  readonly label: string;
  readonly value: string;
}

function partyTable(label: string | undefined, items: readonly Pair[]): string {
  const rows: string[] = [];
  let waiting: Pair | undefined;
  const cells = ({ label: name, value }: Pair, span: number): string =>
    `<th scope="row">${lines(name)}</th><td${span > 1 ? ` colspan="${span}"` : ''}>${lines(value)}</td>`;
  const whole = (item: Pair): void => void rows.push(`<tr>${cells(item, 3)}</tr>`);
  for (const item of items) {
    if (item.value.length > LONG) {
      if (waiting) whole(waiting);
      waiting = undefined;
      whole(item);
    } else if (waiting) {
      rows.push(`<tr>${cells(waiting, 1)}${cells(item, 1)}</tr>`);
      waiting = undefined;
    } else waiting = item;
  }
  if (waiting) whole(waiting);
  const caption = label === undefined ? '' : `<caption>${lines(label)}</caption>`;
  return `<table class="party">${caption}<tbody>${rows.join('')}</tbody></table>`;
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = columns.map((column) => `<th scope="col">${lines(column)}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${columns.map((_, index) => `<td>${lines(row[index] ?? '')}</td>`).join('')}</tr>`)
    .join('');
  return `<table class="grid"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

const style = `
@page { size: A4; margin: 25mm 22mm 22mm 26mm; }
* { box-sizing: border-box; }
html { background: #fff; color: #000; }
body { margin: 0; font: 12pt/1.75 "Songti SC", SimSun, "宋体", "Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", serif; }
main { max-width: 162mm; margin: 0 auto; }
@media screen { main { padding: 20mm 0; width: calc(100% - 24mm); } }
h1 { margin: 0 0 6mm; text-align: center; font-size: 20pt; line-height: 1.4; letter-spacing: .06em; font-weight: 700; }
h2 { margin: 5mm 0 1.5mm; font-size: 13pt; font-weight: 700; break-after: avoid; }
p { margin: 0 0 2mm; overflow-wrap: anywhere; }
.draft { float: right; margin: 0; padding: 0 3mm; border: 1px solid #000; font-size: 10pt; }
.number { text-align: right; margin-bottom: 4mm; }
.line { display: flex; gap: 3mm; }
.line b { flex: none; font-weight: 700; }
.line b::after { content: "："; }
.line span:first-of-type { flex: 1; min-width: 0; }
.rule { display: inline-block; width: 100%; min-height: 1.5em; border-bottom: 1px solid #000; }
.paragraph { text-indent: 2em; text-align: justify; }
.paragraph, .date, .line span { white-space: pre-wrap; }
.paragraph.empty { text-indent: 0; }
ol { margin: 0 0 3mm; padding-left: 2em; }
li { margin-bottom: 1mm; text-align: justify; overflow-wrap: anywhere; }
table { width: calc(100% - 2px); margin: 0 1px 4mm; border-collapse: collapse; }
caption { padding: 1mm 0; text-align: left; font-weight: 700; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
th, td { padding: 1.2mm 2mm; border: 1px solid #000; vertical-align: top; text-align: left; overflow-wrap: anywhere; }
th { font-weight: 700; }
.party { table-layout: fixed; break-inside: avoid; }
.party th { width: 17%; text-align: center; }
.party td { width: 33%; }
.grid th { text-align: center; white-space: nowrap; }
.grid td { height: 9mm; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm 10mm; margin: 7mm 0 5mm; break-before: avoid; break-inside: avoid; }
.signatures.many { break-before: auto; break-inside: auto; }
.signatures p { break-inside: avoid; display: flex; flex-wrap: wrap; align-items: flex-end; margin: 0; min-height: 14mm; }
/* A page to sign says what is signed: the last lines before the signatures go with them. */
main > :has(+ .signatures), main > :has(+ * + .signatures), main > :has(+ * + * + .signatures) { break-after: avoid; }
.signatures .wide { grid-column: 1 / -1; }
.signatures .wide .rule { border-bottom: 0; }
.signatures b { font-weight: 400; }
.signatures b::after { content: "："; }
.signatures .rule { flex: 1; min-width: 20mm; width: auto; }
.date { margin-top: 5mm; text-align: right; break-before: avoid; }
.sheet { margin: 12mm 0; border: 0; border-top: 1px dashed #000; }
@media print { .sheet { margin: 0; border: 0; break-after: page; } }
`;
