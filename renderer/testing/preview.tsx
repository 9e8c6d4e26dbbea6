/** Every screen with samples, in any browser: `vite renderer` and open /testing/preview.html. Not part of any bundle. */
import { createRoot } from 'react-dom/client';
import { App } from '../app/app.tsx';
import { changeLanguage, startTexts } from '../texts/i18n.ts';
import { showAppearance } from '../theme/appearance.ts';
import { type town } from '../../shared/testing/town.ts';
import type { SyncState } from '../core/desk.ts';
import { previewBridge } from './preview-bridge.ts';
import { previewDesk } from './preview-desk.ts';
import { previewDistrict } from './preview-district.ts';

const NOW = Date.parse('2026-11-23T06:20:00.000Z');

async function start(root: HTMLElement): Promise<void> {
  const query = new URLSearchParams(location.search);
  const bridge = previewBridge(query);
  await startTexts('zh');
  const [door, session] = await Promise.all([bridge.ask('door.state'), bridge.ask('door.session')]);
  showAppearance(door.settings);
  await changeLanguage(door.settings.language);
  const me = (query.get('as') ?? 'zhouMin') as keyof typeof town.people;
  const district = previewDistrict(NOW);
  const real = window.fetch.bind(window);
  window.fetch = async (path, init) =>
    String(path).startsWith('/api/') && query.get('net') !== 'none'
      ? district(String(path), String(init?.body))
      : real(path, init);
  const openSession = async () => {
    const { desk, setSync } = previewDesk(NOW, me);
    const sync = query.get('sync');
    if (sync !== null) setSync(JSON.parse(sync) as Partial<SyncState>);
    return desk;
  };
  createRoot(root).render(<App bridge={bridge} door={door} session={session} openSession={openSession} />);
}

const root = document.getElementById('root');
if (root) void start(root);
