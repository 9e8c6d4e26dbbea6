import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { useHistory } from '../../core/hooks.ts';
import { useWords } from '../words.ts';
import { stagePath, wayTaken } from './stage-path.ts';

/** Where the matter stands, how it came here and how it goes on, in words on one line. */
export function StageLine({ entity, record }: { readonly entity: AnyEntity; readonly record: RecordState }) {
  const { say } = useWords();
  const history = useHistory(record.id);
  const field = stagesOf(entity);
  if (!field || entity.stageField === undefined) return null;
  const now = String(record.values[entity.stageField]);
  return (
    <ol className="kit-steps" aria-label={say(field.label)}>
      {stagePath(field, { now, past: wayTaken(entity, now, history) }).map((step) => {
        const declared = field.stages[step.stage];
        return (
          <li
            key={step.stage}
            className={`kit-step-${step.standing}`}
            {...(step.standing === 'now' && { 'aria-current': 'step' as const })}
          >
            <span>{declared ? say(declared) : step.stage}</span>
          </li>
        );
      })}
    </ol>
  );
}
