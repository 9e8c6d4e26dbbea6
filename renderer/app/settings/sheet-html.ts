/** The recovery sheet as one self-contained page for the printer: large groups that tired eyes can copy, and what to do with it. */
import { escapeHtml } from '../../kit/print/document-html.ts';

interface Sheet {
  readonly title: string;
  readonly name: string;
  readonly made: string;
  readonly groups: readonly string[];
  readonly advice: readonly string[];
}

export const groupsOf = (words: string): readonly string[] =>
  words.split(/[\s-]+/).filter((group) => group !== '');

export function sheetHtml({ title, name, made, groups, advice }: Sheet): string {
  const lines = advice.map((line) => `<li>${escapeHtml(line)}</li>`).join('');
  const words = groups.map((group) => `<span>${escapeHtml(group)}</span>`).join('');
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p class="name">${escapeHtml(name)}</p>
<p class="made">${escapeHtml(made)}</p>
<div class="groups">${words}</div>
<ol>${lines}</ol>
</body>
</html>`;
}

const style = `
@page { size: A4; margin: 30mm 24mm; }
* { box-sizing: border-box; }
html { background: #fff; color: #000; }
body { margin: 0; font: 14pt/1.8 "Songti SC", SimSun, "宋体", "Noto Serif CJK SC", "Noto Sans CJK SC", serif; }
h1 { margin: 0 0 10mm; text-align: center; font-size: 24pt; letter-spacing: .1em; }
p { margin: 0; text-align: center; }
.name { font-size: 18pt; font-weight: 700; }
.made { font-size: 12pt; }
.groups { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm 6mm; margin: 12mm 0; padding: 10mm 6mm; border: 1.5pt solid #000; }
.groups span { text-align: center; font: 700 26pt/1.3 Consolas, "DejaVu Sans Mono", monospace; letter-spacing: .12em; }
ol { margin: 0; padding-left: 1.6em; }
li { margin-bottom: 3mm; }
`;
