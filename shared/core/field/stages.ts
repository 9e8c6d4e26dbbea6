import { z } from 'zod';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import type { Tone } from './choice.ts';
import type { FieldBase, Values } from './base.ts';

/** One stage of a procedure. */
export interface Stage extends Label {
  readonly tone?: Tone;
  /** What the button towards this stage says: 受理. Falls back to the stage's name. */
  readonly step?: Label;
  readonly next: readonly string[];
  /** Fields that must be filled in to enter this stage; the dialog of the step asks for those. */
  readonly requires?: readonly string[];
  /** Further fields that the dialog of the step offers. */
  readonly offers?: readonly string[];
  /** Why the stage cannot be entered yet, in words for people; undefined when it can. */
  readonly guard?: (values: Values) => Label | undefined;
  /** Nothing but notes may be added any more. */
  readonly closed?: boolean;
}

export interface StagesField extends FieldBase<string> {
  readonly kind: 'stages';
  readonly initial: string;
  readonly stages: Readonly<Record<string, Stage>>;
}

interface StagesOptions {
  readonly initial: string;
  readonly stages: Readonly<Record<string, Stage>>;
}

/** The stage of a record. Written only by `advance`, never as a plain value. */
export function stages(label: Label, { initial, stages: map }: StagesOptions): StagesField {
  const schema = z.string().refine((value) => Object.hasOwn(map, value), problemMessage('unknownChoice'));
  return { kind: 'stages', label, initial, stages: map, required: true, merge: 'server', schema };
}

/** Every stage that can be reached from `from`, itself included. */
export function reachable(field: StagesField, from: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [from];
  for (let stage = waiting.pop(); stage !== undefined; stage = waiting.pop()) {
    if (seen.has(stage)) continue;
    seen.add(stage);
    waiting.push(...(field.stages[stage]?.next ?? []));
  }
  return seen;
}
