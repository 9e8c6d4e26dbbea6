/** How a choice in 待处理 becomes a command. Choosing is a writing like any other, so the history says who chose what. */
import type { Command } from '../../../shared/core/command.ts';
import { WITHDRAWAL } from '../../../shared/core/play.ts';
import type { RecordState } from '../../../shared/core/record.ts';

/** Puts this value in force, be it the present one, another one or a merged one. */
export const settleWith = (record: RecordState, field: string, value: unknown): Command => ({
  kind: 'change',
  entity: record.entity,
  record: record.id,
  values: { [field]: value ?? undefined },
  settles: [field],
});

/** A withdrawal that met an edit: the record stays, or goes after all. */
export const settleWithdrawal = (record: RecordState, choice: 'restore' | 'withdraw'): Command => ({
  kind: choice,
  entity: record.entity,
  record: record.id,
});

export const isWithdrawal = (field: string): boolean => field === WITHDRAWAL;
