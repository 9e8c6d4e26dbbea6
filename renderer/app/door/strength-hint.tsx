import { useTexts } from '../../texts/use-texts.ts';
import type { Judged } from './passphrase-rules.ts';

const FULL = { weak: 1, fair: 2, good: 3 } as const;

export function StrengthHint({ judged }: { readonly judged: Judged }) {
  const { t } = useTexts();
  const words = t(judged.isTooEasy ? 'door.tooEasy' : `door.strength.${judged.strength}`);
  return (
    <div className="door-strength" aria-live="polite">
      <meter min={0} max={3} low={2} high={3} optimum={3} value={FULL[judged.strength]} aria-label={words} />
      {words}
    </div>
  );
}
