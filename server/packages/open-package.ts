/**
 * A package as it comes from a stick: parsed line by line as what anybody may have written, and believed only when the device's
 * signature over all of it is right. Nothing of it is judged or kept before.
 */
import { createHash } from 'node:crypto';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { linesIn, type Chunks } from '../../shared/protocol/lines.ts';
import type { PushEntry } from '../../shared/protocol/messages.ts';
import {
  MOST_PACKAGE_LINE,
  packageAsks,
  packageHead,
  packagePart,
  type PackageAsks,
  type PackageHead,
} from '../../shared/protocol/package.ts';
import { packageOf } from '../../shared/protocol/sealed-box.ts';
import { packageText } from '../../shared/protocol/signing.ts';
import type { Device } from '../ledger/transactor.ts';
import { parseBytes } from '../parse-json.ts';
import type { Parts } from '../parts.ts';
import type { PackageRefusal } from './imported.ts';

/** Read twice: once to see that it is whole, once to judge what it holds. */
export type Source = () => Chunks;

export interface OpenedPackage {
  readonly head: PackageHead;
  readonly asks: PackageAsks;
  readonly device: Device;
  readonly entries: () => AsyncGenerator<readonly PushEntry[]>;
}

type Opened<T> = Result<T, PackageRefusal>;

export async function openPackage(parts: Parts, source: Source): Promise<Opened<OpenedPackage>> {
  const read = await readAll(source());
  if (!read.ok) return read;
  const { head, sealed, signature, hash } = read.value;
  const [device, { district }] = await parts.transactor.read(async (reading) => [
    await reading.device(head.device),
    await reading.head(),
  ]);
  if (head.district !== district) return refuse('other-district');
  if (!device) return refuse('unknown-device');
  if (!parts.keys.verify(packageText(hash), signature, device.key)) return refuse('tampered');
  if (!parts.speaks(head.protocol)) return refuse('unsupported-protocol');
  const plain = parts.keys.openBox(sealed, packageOf(head.device, head.id));
  const parsed = plain && parseBytes(plain);
  const asks = parsed?.ok ? packageAsks.safeParse(parsed.value).data : undefined;
  return asks ? ok({ head, asks, device, entries: () => entriesIn(source()) }) : refuse('not-a-package');
}

interface Read {
  readonly head: PackageHead;
  readonly sealed: string;
  readonly signature: string;
  /** Of everything in front of the end. */
  readonly hash: string;
}

async function readAll(chunks: Chunks): Promise<Opened<Read>> {
  const hash = createHash('sha256');
  let head: PackageHead | undefined;
  let sealed: string | undefined;
  let signature: string | undefined;
  for await (const line of linesIn(chunks, MOST_PACKAGE_LINE)) {
    // Nothing stands behind the end.
    if (line === 'too-long' || signature !== undefined) return refuse('not-a-package');
    if (!head) {
      head = parsed(line.bytes, packageHead);
      if (!head) return refuse('not-a-package');
    } else if (line.isWhole) {
      const part = parsed(line.bytes, packagePart);
      if (!part || (part.part === 'asks') !== (sealed === undefined)) return refuse('not-a-package');
      if (part.part === 'asks') sealed = part.sealed;
      else if (part.part === 'end') signature = part.signature;
    } else return refuse('truncated');
    if (signature === undefined) hash.update(line.bytes).update('\n');
  }
  if (!head) return refuse('not-a-package');
  if (sealed === undefined || signature === undefined) return refuse('truncated');
  return ok({ head, sealed, signature, hash: hash.digest('base64url') });
}

async function* entriesIn(chunks: Chunks): AsyncGenerator<readonly PushEntry[]> {
  for await (const line of linesIn(chunks, MOST_PACKAGE_LINE)) {
    const part = line === 'too-long' ? undefined : parsed(line.bytes, packagePart);
    if (part?.part === 'entries') yield part.entries;
  }
}

interface Schema<T> {
  readonly safeParse: (value: unknown) => { readonly data?: T | undefined };
}

function parsed<T>(bytes: Uint8Array, schema: Schema<T>): T | undefined {
  const json = parseBytes(bytes);
  return json.ok ? schema.safeParse(json.value).data : undefined;
}
