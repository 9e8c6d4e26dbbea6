/**
 * Listens to the district's server-sent events: any event says "something new lies here". A line that is silent for 45 s is dead
 * (the district sends a comment every 15 s). Ends once, with a reason; the carrier decides when to try again.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import { DISTRICT } from '../shared/protocol/messages.ts';
import type { ContactProblem, DistrictContact } from './district.ts';

export interface PokeListener {
  readonly opened: () => void;
  readonly poked: () => void;
  readonly ended: (problem: ContactProblem | 'access' | 'server') => void;
}

export type ListenForPokes = (contact: DistrictContact, listener: PokeListener) => () => void;

export const listenForPokes: ListenForPokes = (
  { address, district, deviceToken },
  { opened, poked, ended },
) => {
  let over = false;
  const end = (problem: Parameters<PokeListener['ended']>[0]) => {
    if (over) return;
    over = true;
    request.destroy();
    ended(problem);
  };
  const request = (address.startsWith('https:') ? https : http).get(`${address}/api/events`, {
    headers: { authorization: `Bearer ${deviceToken}`, [DISTRICT]: district, accept: 'text/event-stream' },
    timeout: 45_000,
    agent: false,
  });
  request.once('timeout', () => end('network'));
  request.once('error', () => end('network'));
  request.once('response', (response) => {
    response.once('error', () => end('network'));
    response.once('close', () => end('network'));
    const name = response.headers[DISTRICT];
    const stream = /^text\/event-stream\b/.test(response.headers['content-type'] ?? '');
    // A stream of events without the district's name is a poke at most: what it makes us ask is checked answer by answer.
    if (name === undefined && !stream) return end('not-the-district');
    if (name !== undefined && name !== district) return end('other-district');
    if (response.statusCode === 401 || response.statusCode === 403) return end('access');
    if (response.statusCode !== 200 || !stream) return end('server');
    opened();
    let line = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      const lines = (line + text).split(/\r?\n/);
      line = (lines.pop() ?? '').slice(0, 10_000);
      if (lines.some((one) => one.startsWith('data:'))) poked();
    });
  });
  return () => {
    over = true;
    request.destroy();
  };
};
