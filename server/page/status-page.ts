/**
 * The district's one page, for whoever sits at its machine: how it is, and where packages of desks without a network come in and their
 * answers go out. Plain HTML without a script; it names nobody and shows no content.
 */
import { createHash } from 'node:crypto';
import type { StoredPackage } from '../ledger/packages.ts';
import type { Head } from '../ledger/transactor.ts';
import { countsText } from '../packages/package-text.ts';

export interface StatusPage {
  readonly head: Pick<Head, 'name' | 'seq' | 'durable' | 'durableAt'>;
  readonly devices: readonly {
    readonly id: string;
    readonly label: string;
    readonly seenAt: string | null;
    readonly pending: number | null;
    readonly revoked: boolean;
    readonly quarantined: boolean;
  }[];
  readonly packages: readonly StoredPackage[];
  /** What came of the import just now. */
  readonly told?: { readonly lines: readonly string[]; readonly device?: string | undefined };
}

const STYLE = `
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.6 system-ui, "Microsoft YaHei", "Noto Sans SC", sans-serif;
  color: #1f2937; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #e5e7eb;
  vertical-align: top; } th { font-weight: 600; }
.told { border-left: 4px solid #0f766e; background: #f0fdfa; padding: .6rem 1rem; } .care { border-color: #b45309; background: #fffbeb; }
button, input { font: inherit; } button { padding: .4rem 1rem; } .quiet { color: #6b7280; }`;

/** The page runs nothing, loads nothing, and sends its form to nobody else. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

export function statusPage({ head, devices, packages, told }: StatusPage): string {
  const behind = head.seq - head.durable;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>邻里台账 区服务程序</title><style>${STYLE}</style></head><body>
<h1>邻里台账 · ${escaped(head.name || '区服务程序')}</h1>
${told ? toldPart(told) : ''}
<h2>导入同步包 / Import a sync package</h2>
<p>插上 U 盘，选同步包（.linli），导入后把答复文件存回 U 盘，带回那台电脑。<br>
<span class="quiet">Choose the package on the stick, import it, then save the answer onto the stick for the way back.</span></p>
<form method="post" action="/packages" enctype="multipart/form-data">
<label>同步包 / package: <input type="file" name="package" accept=".linli" required></label> <button>导入 / Import</button>
</form>
<h2>最近导入的 / Last imports</h2>
${table(
  ['电脑 / computer', '第几个 / no.', '导入时间 / imported', '结果 / result', '答复 / answer'],
  packages.map((one) => [
    labelOf(devices, one.device),
    String(one.number),
    moment(one.importedAt),
    countsText(one),
    one.text === '' ? '—' : answerLink(one.device),
  ]),
)}
<h2>区里 / The district</h2>
${table(
  ['', ''],
  [
    ['序号 / head', String(head.seq)],
    ['最近备份 / last backup', head.durableAt === null ? '还没有 / none yet' : moment(head.durableAt)],
    ['备份之后 / since then', behind > 0 ? `⚠ ${behind}` : '0'],
  ],
)}
<h2>电脑 / Computers</h2>
${table(
  ['电脑 / computer', '最近联系 / last contact', '待送 / waiting', ''],
  devices.map(({ label, seenAt, pending, revoked, quarantined }) => [
    escaped(label),
    seenAt === null ? '—' : moment(seenAt),
    pending === null ? '—' : String(pending),
    [...(revoked ? ['已停用 / revoked'] : []), ...(quarantined ? ['⚠ 暂停，待查看 / quarantined'] : [])].join(
      '，',
    ),
  ]),
)}
</body></html>`;
}

function toldPart({ lines, device }: NonNullable<StatusPage['told']>): string {
  const words = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n');
  const link = device === undefined ? '' : `<p>${answerLink(device)}</p>`;
  return `<div class="told${device === undefined ? ' care' : ''}" role="status">${words}${link}</div>`;
}

const answerLink = (device: string): string =>
  `<a href="/packages/${encodeURIComponent(device)}/answer" download="${answerName(device)}">存答复文件 / Save the answer</a>`;

/** @param device an id; whatever else it holds does not become part of a name */
export const answerName = (device: string): string =>
  `linli-answer-${device.replaceAll(/[^A-Za-z0-9_]/g, '').slice(-8)}.linli`;

const labelOf = (devices: StatusPage['devices'], id: string): string =>
  escaped(devices.find((one) => one.id === id)?.label ?? id);

/** Cells are HTML already. */
function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '<p class="quiet">还没有 / none yet</p>';
  const head = titles.some((title) => title !== '')
    ? `<thead><tr>${titles.map((title) => `<th>${title}</th>`).join('')}</tr></thead>`
    : '';
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n');
  return `<table>${head}<tbody>${body}</tbody></table>`;
}

const moment = (instant: string): string =>
  escaped(new Date(instant).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' }).slice(0, 16));

const MARKS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => MARKS[mark] ?? '');
