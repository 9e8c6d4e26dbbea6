/**
 * Whether an operation is still what its author has signed: text → commitment → link → signature. Whoever changes one of them in the
 * database, and has not the author's private key, breaks one of the steps.
 */
import { linkSignedText, linkText } from '../../shared/protocol/link.ts';
import type { TrailFault } from '../../shared/protocol/trail.ts';
import { commitmentOf } from '../judge/open-envelope.ts';
import type { DistrictKeys } from '../keys.ts';
import type { StoredLink } from '../ledger/trail.ts';
import type { SigningKey } from '../ledger/on-device.ts';
import type { StoredOperation } from '../ledger/transactor.ts';

/** What stands around the operation. */
export interface Around {
  /** The author's key that the link names; undefined where the district has never known it. */
  readonly key: SigningKey | undefined;
  /** A later link of the same author on the same device, whose key is known: it holds all links before it. */
  readonly isVouchedFor: boolean;
  /** Hash of the link before, where the ledger holds it. */
  readonly before: string | undefined;
}

export function faultIn(
  stored: StoredOperation & { readonly link: StoredLink },
  around: Around,
  { hash, verify }: Pick<DistrictKeys, 'hash' | 'verify'>,
): TrailFault | undefined {
  const { link, text, device, author, id } = stored;
  // A content that the law had erased is gone together with its salt.
  const isErased = link.salt === null && text === '';
  if (hash(text) !== stored.digest && !isErased) return 'content';
  if (link.salt === null && !isErased) return 'content';
  if (link.salt !== null) {
    const commitment = commitmentOf(Buffer.from(link.salt, 'base64'), text, hash);
    if (hash(linkText({ device, author, id, commitment }, link)) !== link.hash) return 'content';
  }
  if (around.before !== undefined && around.before !== link.previous) return 'link';
  if (!around.key) return around.isVouchedFor ? undefined : 'signature';
  const isTheirs = around.key.person === author;
  return isTheirs && verify(linkSignedText(link.hash), link.signature, around.key.key)
    ? undefined
    : 'signature';
}
