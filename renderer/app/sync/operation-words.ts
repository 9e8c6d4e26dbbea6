/** One operation in plain words: what was done to what. */
import { inLanguage, type Language } from '../../../shared/core/label.ts';
import { stagesOf } from '../../../shared/core/entity.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { Desk } from '../../core/desk.ts';
import type { TextKey, TextValues } from '../../texts/use-texts.ts';

export interface OperationWords {
  readonly key: TextKey;
  readonly values: TextValues;
  /** The record's title, where the record or the operation tells it. */
  readonly title: string;
}

export function operationWords(operation: Operation, desk: Desk, language: Language): OperationWords {
  const entity = desk.registry.entities.get(operation.entity);
  const label = entity ? inLanguage(entity.label, language) : operation.entity;
  const stage = entity && stagesOf(entity)?.stages[operation.to ?? ''];
  const values = desk.get(operation.record)?.record.values ?? operation.set ?? {};
  return {
    key: `sync.did.${operation.kind}`,
    values: { entity: label, stage: stage ? inLanguage(stage, language) : '' },
    title: entity ? entity.title(values) : '',
  };
}
