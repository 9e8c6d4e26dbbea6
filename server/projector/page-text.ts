/** A page of records as the answer's text. The stored texts are joined, never parsed: that is what makes a first download cheap. */
import { hashText } from '../../shared/protocol/scope-hash.ts';
import type { Page } from '../ledger/transactor.ts';

export function pageText({ head, texts, removed, last, more, remaining, hashes }: Page): string {
  const cursor = more ? last : head.seq;
  const told = more
    ? ''
    : `,"hashes":${JSON.stringify(hashes.map(({ scope, hash }) => ({ scope, hash: hashText(hash) })))}`;
  return `{"epoch":${JSON.stringify(head.epoch)},"records":[${texts.join(',')}],"removed":${JSON.stringify(removed)},"cursor":${cursor},"more":${more},"remaining":${remaining}${told}}`;
}
