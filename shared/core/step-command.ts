/** A step of a sample story as what somebody would have asked for. */
import type { Command } from './command.ts';
import type { SampleStep } from './sample.ts';

export function stepCommand(step: SampleStep, entity: string, record: string): Command {
  if ('change' in step) return { kind: 'change', entity, record, values: step.change };
  if ('append' in step) return { kind: 'change', entity, record, append: step.append };
  if ('share' in step) return { kind: 'share', entity, record, with: step.share };
  if ('move' in step) return { kind: 'move', entity, record, area: step.move };
  return { kind: 'advance', entity, record, to: step.advance, ...(step.values && { values: step.values }) };
}
