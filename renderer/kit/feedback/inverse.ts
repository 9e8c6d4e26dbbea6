/** The command that takes one back: a new operation like any other, so it works after the district has it as well. */
import type { Command } from '../../../shared/core/command.ts';
import type { RecordState } from '../../../shared/core/record.ts';

/** @param before the record as it was; undefined at a creation. @returns undefined for what cannot be taken back */
export function inverseOf(command: Command, before: RecordState | undefined): Command | undefined {
  const { entity, record } = command;
  switch (command.kind) {
    case 'create':
      return { kind: 'withdraw', entity, record };
    case 'withdraw':
      return { kind: 'restore', entity, record };
    case 'restore':
      return { kind: 'withdraw', entity, record };
    case 'change': {
      // An entry stays: a log is corrected by another entry.
      if (!command.values || command.append || command.settles || !before) return undefined;
      const values = Object.fromEntries(
        Object.keys(command.values).map((name) => [name, before.values[name] ?? null]),
      );
      return { kind: 'change', entity, record, values };
    }
    case 'share':
      return { ...command, kind: 'unshare' };
    case 'unshare':
      return { ...command, kind: 'share' };
    case 'merge':
      return { ...command, kind: 'unmerge' };
    case 'unmerge':
      return { ...command, kind: 'merge' };
    case 'distinguish':
    case 'advance':
    // Who has given a record away may have no right over it any more.
    case 'move':
      return undefined;
  }
}
