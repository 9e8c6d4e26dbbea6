/** An Electron with one window on a page that may speak with anybody: the desk's own lets no page past its main process. */
const { app, BrowserWindow } = require('electron');

app.setPath('userData', process.env.LINLI_USER_DATA);
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false },
  });
  void window.loadURL(process.env.LINLI_BENCH_PAGE);
});
app.on('window-all-closed', () => app.quit());
