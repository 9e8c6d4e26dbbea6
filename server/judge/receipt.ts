/**
 * Receipts: what the district has said of an operation for ever, in a form that it recognises as its own word after it has lost its
 * memory (sync.md S8). The desk keeps a receipt beside the verdict and cannot read it; a MAC under a key that follows from the
 * district's private one binds it to the operation's content, author and device, and costs microseconds.
 */
import { saidSchema, type Said } from '../ledger/said.ts';
import type { StoredOperation } from '../ledger/transactor.ts';
import { isSame } from '../people/access-token.ts';

type Bound = Pick<StoredOperation, 'id' | 'author' | 'device' | 'digest'>;
type Mac = (text: string) => string;

const macOf = ({ id, author, device, digest }: Bound, content: string, mac: Mac): string =>
  mac(`linli/receipt/1|${device}|${author}|${id}|${digest}|${content}`);

export function receiptFor(stored: StoredOperation, mac: Mac): string | undefined {
  if (stored.said === null) return undefined;
  const content = Buffer.from(JSON.stringify(stored.said)).toString('base64url');
  return `${content}.${macOf(stored, content, mac)}`;
}

/** @returns undefined where it is not this district's word about this very operation */
export function readReceipt(receipt: string, bound: Bound, mac: Mac): Said | undefined {
  const [content = '', given = ''] = receipt.split('.');
  if (!isSame(given, macOf(bound, content, mac))) return undefined;
  const parsed = saidSchema.safeParse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data : undefined;
}
