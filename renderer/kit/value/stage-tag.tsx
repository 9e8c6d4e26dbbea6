import type { StagesField } from '../../../shared/core/field/stages.ts';
import { useWords } from '../words.ts';
import { ToneTag } from './tone-tag.tsx';

interface StageTagProps {
  readonly field: StagesField;
  readonly stage: string;
}

export function StageTag({ field, stage }: StageTagProps) {
  const { say } = useWords();
  const declared = field.stages[stage];
  return (
    <ToneTag tone={declared?.tone ?? (declared?.closed ? 'done' : 'plain')}>
      {declared ? say(declared) : stage}
    </ToneTag>
  );
}
