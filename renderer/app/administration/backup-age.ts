/** How old the district's last backup is, and how loudly that must be said. Pure. */
import type { AdministrationOutput } from '../../../shared/protocol/administer.ts';
import type { TextKey } from '../../texts/use-texts.ts';

const DAY = 86_400_000;
/** Days: backups run every night; one missed night is worth a word, a week an alarm. */
const WORTH_A_WORD = 2;
const ALARMING = 7;

export interface BackupAge {
  readonly tone: 'success' | 'warning' | 'error';
  readonly key: TextKey;
  /** Whole days since. */
  readonly days: number;
}

export function backupAge({ at }: AdministrationOutput<'backup.state'>, now: number): BackupAge {
  const made = at === null ? Number.NaN : Date.parse(at);
  if (Number.isNaN(made)) return { tone: 'error', key: 'administration.backup.never', days: 0 };
  const days = Math.max(0, Math.floor((now - made) / DAY));
  if (days < WORTH_A_WORD) return { tone: 'success', key: 'administration.backup.fresh', days };
  return { tone: days < ALARMING ? 'warning' : 'error', key: 'administration.backup.old', days };
}
