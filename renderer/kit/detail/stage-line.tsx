import type { StagesField } from '../../../shared/core/field/stages.ts';
import { useWords } from '../words.ts';
import { stagePath } from './stage-path.ts';

/** Where the matter stands, in words on one line. */
export function StageLine({ field, stage }: { readonly field: StagesField; readonly stage: string }) {
  const { say } = useWords();
  return (
    <ol className="kit-steps" aria-label={say(field.label)}>
      {stagePath(field, stage).map((step) => {
        const declared = field.stages[step.stage];
        return (
          <li
            key={step.stage}
            className={`kit-step-${step.standing}`}
            {...(step.standing === 'now' && { 'aria-current': 'step' as const })}
          >
            {declared ? say(declared) : step.stage}
          </li>
        );
      })}
    </ol>
  );
}
