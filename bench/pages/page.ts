/** What a measuring page can be asked to do, from outside: `work('store', 'ours', 'write', …)`. One work a page. */
import { z } from 'zod';
import type { Measures } from '../rounds.ts';
import type { StoreSide } from './side.ts';
import { dexieRows } from './store-dexie.ts';
import { floor } from './store-floor.ts';
import { createOurs } from './store-ours.ts';
import { pouchdb } from './store-pouchdb.ts';
import { rxdb } from './store-rxdb.ts';
import './sync-page.ts';

z.config({ jitless: true });

interface Asked {
  readonly side: string;
  readonly step: 'write' | 'use';
  readonly unlock: { readonly person: string; readonly passphrase: string };
}

declare global {
  interface Window {
    store?: (asked: Asked) => Promise<Measures>;
  }
}

window.store = async ({ side, step, unlock }) => {
  const sides: Readonly<Record<string, StoreSide>> = {
    ours: createOurs(unlock),
    floor,
    dexie: dexieRows,
    pouchdb,
    rxdb,
  };
  const one = sides[side];
  if (!one) throw new Error(`no side ${side}`);
  try {
    if (step === 'use') return await one.use();
    const answer = await fetch('/cases.txt');
    return await one.write((await answer.text()).trimEnd().split('\n'));
  } catch (problem) {
    // Some peers throw what is no error, or keep the reason beside the message.
    const { message = '', reason = '' } = problem as { readonly message?: string; readonly reason?: string };
    throw new Error([message, reason].join(' ').trim() || JSON.stringify(problem), { cause: problem });
  }
};
