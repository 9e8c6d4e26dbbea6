/**
 * JSON from outside, before it may become an object: nesting is counted on the text (the parser would recurse or build 100 000
 * levels without a word), and keys that reach for prototypes are refused wherever they stand.
 */
import { ok, refuse, type Result } from '../shared/core/result.ts';

const MAX_DEPTH = 32;

export function parseJson(text: string, maxDepth = MAX_DEPTH): Result<unknown, 'malformed'> {
  if (isTooDeep(text, maxDepth)) return refuse('malformed');
  try {
    const value: unknown = JSON.parse(text);
    return reachesForPrototype(value) ? refuse('malformed') : ok(value);
  } catch {
    return refuse('malformed');
  }
}

/** PostgreSQL's text holds every character but one; what is sealed may have it, it is kept as JSON. */
const UNSTORABLE = String.raw`\u0000`;

export function parseBytes(bytes: Uint8Array): Result<unknown, 'malformed'> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes(UNSTORABLE) ? refuse('malformed') : parseJson(text);
  } catch {
    return refuse('malformed');
  }
}

function isTooDeep(text: string, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    if (inString) {
      if (character === 0x5c) index++;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x7b || character === 0x5b) {
      if (++depth > maxDepth) return true;
    } else if (character === 0x7d || character === 0x5d) depth--;
  }
  return false;
}

function reachesForPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(reachesForPrototype);
  return Object.entries(value).some(
    ([key, inner]) =>
      key === '__proto__' || key === 'constructor' || key === 'prototype' || reachesForPrototype(inner),
  );
}
