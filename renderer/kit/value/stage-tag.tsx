import { Tag } from 'antd';
import type { StagesField } from '../../../shared/core/field/stages.ts';
import { useWords } from '../words.ts';
import { toneColour } from './tone.ts';

interface StageTagProps {
  readonly field: StagesField;
  readonly stage: string;
}

export function StageTag({ field, stage }: StageTagProps) {
  const { say } = useWords();
  const declared = field.stages[stage];
  const colour = toneColour(declared?.tone ?? (declared?.closed ? 'done' : 'plain'));
  return (
    <Tag variant="filled" {...(colour !== undefined && { color: colour })}>
      {declared ? say(declared) : stage}
    </Tag>
  );
}
