/** Starts the window: asks the door how things stand, then draws. The engine and the desk's screens follow after unlocking. */
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import type { BridgeClient } from '../shared/bridge.ts';
import { App } from './app/app.tsx';
import type { OpenSession } from './app/opening/open-session.ts';
import { newReference } from './app/errors/reference.ts';
import { changeLanguage, startTexts } from './texts/i18n.ts';
import { zh } from './texts/zh.ts';
import { showAppearance } from './theme/appearance.ts';

// Schemas are read, not compiled: compiling would try `new Function`, which the page's policy refuses with noise.
z.config({ jitless: true });

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly linli?: BridgeClient;
  }
}

async function start(bridge: BridgeClient, root: HTMLElement): Promise<void> {
  await startTexts('zh');
  const [door, session] = await Promise.all([bridge.ask('door.state'), bridge.ask('door.session')]);
  showAppearance(door.settings);
  await changeLanguage(door.settings.language);

  const openSession: OpenSession = async (opened, onProgress) => {
    const [{ openDesk }, { registry }, { readings }] = await engineParts();
    return openDesk({ session: opened, bridge, registry, readings, app: door.appVersion, onProgress });
  };
  createRoot(root).render(<App bridge={bridge} door={door} session={session} openSession={openSession} />);
  // Fetched while the person types the passphrase.
  setTimeout(() => void Promise.all([engineParts(), import('./app/desk/desk-window.tsx')]), 300);
}

const engineParts = () =>
  Promise.all([
    import('./core/open-desk.ts'),
    import('../shared/modules/index.ts'),
    import('./core/search/readings.ts'),
  ]);

const root = document.getElementById('root');
if (root && window.linli) start(window.linli, root).catch((error: unknown) => sayBroken(root, error));
else if (root) sayBroken(root, 'no bridge');

/** Without the main process nothing can be opened: say what to do. Texts are there; whatever draws them may not be. */
function sayBroken(place: HTMLElement, error: unknown): void {
  const sentence = document.createElement('p');
  sentence.className = 'shell';
  sentence.setAttribute('role', 'alert');
  sentence.textContent = `${zh.door.noBridge}（${newReference(error)}）`;
  place.replaceChildren(sentence);
}
