/**
 * Paper: a self-contained page is shown to nobody, in a window without scripts, network or memory, behind an address that works
 * once; Chromium lays it out on A4, with page numbers and the fonts embedded.
 */
import { randomUUID } from 'node:crypto';
import { BrowserWindow, session, type WebContents } from 'electron';

const POLICY = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:`;
const FOOTER =
  '<div style="width:100%;text-align:center;font-size:9px;color:#444">' +
  '第 <span class="pageNumber"></span> 页 / 共 <span class="totalPages"></span> 页</div>';

export interface Sheet {
  readonly html: string;
  readonly title: string;
}

export const printPdf = (sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> =>
  onPaper(sheet, async (page) => {
    const pdf = await page.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate: FOOTER,
      margins: { top: 0.8, bottom: 0.8, left: 0.8, right: 0.8 },
    });
    return Uint8Array.from(pdf);
  });

export const printPaper = (sheet: Sheet): Promise<boolean> =>
  onPaper(
    sheet,
    (page) =>
      new Promise((resolve) => {
        page.print({ pageSize: 'A4', printBackground: true }, (printed) => resolve(printed));
      }),
  );

async function onPaper<T>({ html, title }: Sheet, work: (page: WebContents) => Promise<T>): Promise<T> {
  // A partition without `persist:` lives in memory and is gone with the window.
  const partition = session.fromPartition(`print-${randomUUID()}`);
  const url = `app://print/${randomUUID()}`;
  let served = false;
  partition.setPermissionRequestHandler((_page, _permission, answer) => answer(false));
  partition.webRequest.onBeforeRequest((request, answer) =>
    answer({ cancel: !/^(app|data):/.test(request.url) }),
  );
  partition.protocol.handle('app', (request) => {
    if (request.url !== url || served) return new Response('', { status: 404 });
    served = true;
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
    return new Response(Buffer.from(html), { headers });
  });
  const window = new BrowserWindow({
    show: false,
    width: 794,
    height: 1123,
    title,
    webPreferences: {
      session: partition,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      javascript: false,
      spellcheck: false,
    },
  });
  try {
    await window.loadURL(url);
    return await work(window.webContents);
  } finally {
    window.destroy();
    partition.protocol.unhandle('app');
  }
}
