/**
 * A record's state as the district confirmed it. There are hundreds of thousands of them: one that came in a block keeps its place in
 * the block's texts and no more, and its text is read when somebody asks.
 */
import type { Line, Lines } from './lines.ts';

export interface Base {
  readonly id: string;
  readonly entity: string;
  /** The scope through which it is kept here, and under whose key: its home, or one that it is shared into. A row for each of them. */
  readonly via: string;
  /** The epoch in which the district sent it; a sequence says nothing without it. */
  readonly epoch: string;
  readonly seq: number;
  /** The record's state as JSON, on one line. */
  readonly text: string;
  /** What lists need of it; without it the text is read for that. */
  readonly line?: Line | undefined;
}

/** States of one kind, through one scope, of one epoch, that came together. */
export interface Bundle {
  readonly entity: string;
  readonly via: string;
  readonly epoch: string;
  readonly ids: readonly string[];
  readonly seqs: readonly number[];
  /** All texts, in UTF-8, a line feed after each; unfolded for whoever asks, and read before he asks for others. */
  readonly body: () => Uint8Array;
  /** Where each text ends. */
  readonly ends: Uint32Array;
  readonly lines: Lines | undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** A class, because its getters are shared: an object with six fields for each record would weigh more than the records of most. */
class BundledBase implements Base {
  private readonly bundle: Bundle;
  readonly index: number;
  constructor(bundle: Bundle, index: number) {
    this.bundle = bundle;
    this.index = index;
  }
  get id(): string {
    return this.bundle.ids[this.index] ?? '';
  }
  get entity(): string {
    return this.bundle.entity;
  }
  get via(): string {
    return this.bundle.via;
  }
  get epoch(): string {
    return this.bundle.epoch;
  }
  get seq(): number {
    return this.bundle.seqs[this.index] ?? 0;
  }
  get bytes(): Uint8Array {
    const { body, ends } = this.bundle;
    return body().subarray(this.index === 0 ? 0 : (ends[this.index - 1] ?? 0) + 1, ends[this.index]);
  }
  get text(): string {
    return decoder.decode(this.bytes);
  }
  get lines(): Lines | undefined {
    return this.bundle.lines;
  }
  /** It is its own line: one object less for each record. */
  get line(): Line | undefined {
    return this.bundle.lines && (this as Line);
  }
}

export const basesIn = (bundle: Bundle): readonly Base[] =>
  bundle.ids.map((_, index) => new BundledBase(bundle, index));

export const bytesOf = (base: Base): Uint8Array =>
  base instanceof BundledBase ? base.bytes.slice() : encoder.encode(base.text);

/** Texts one after the other, and where each ends. */
export function joinedTexts(texts: readonly Uint8Array[]): {
  readonly body: Uint8Array;
  readonly ends: Uint32Array;
} {
  const body = new Uint8Array(texts.reduce((sum, { length }) => sum + length + 1, 0));
  const ends = new Uint32Array(texts.length);
  let at = 0;
  for (const [index, text] of texts.entries()) {
    body.set(text, at);
    at += text.length;
    ends[index] = at;
    body[at++] = LINE_FEED;
  }
  return { body, ends };
}

const LINE_FEED = 0x0a;
