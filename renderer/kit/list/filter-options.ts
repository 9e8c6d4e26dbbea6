/** Which fields a list can be narrowed by, and what each offers. */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { AnyField, Fields } from '../../../shared/core/field/field.ts';
import type { Label } from '../../../shared/core/label.ts';

export interface FilterOption {
  readonly value: unknown;
  readonly label: Label;
}

/** The stage comes by itself and first. */
export function filterNames(entity: AnyEntity): readonly string[] {
  const declared = (entity.list.filters ?? []) as readonly string[];
  const stage = entity.stageField === undefined ? [] : [entity.stageField];
  return [...new Set([...stage, ...declared])].filter((name) => {
    const field = (entity.fields as Fields)[name];
    return field !== undefined && filterOptions(field).length > 0;
  });
}

const YES_NO: readonly FilterOption[] = [
  { value: true, label: { zh: '是', en: 'Yes' } },
  { value: false, label: { zh: '否', en: 'No' } },
];

export function filterOptions(field: AnyField): readonly FilterOption[] {
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return Object.entries(field.options).map(([value, label]) => ({ value, label }));
    case 'stages':
      return Object.entries(field.stages).map(([value, label]) => ({ value, label }));
    case 'yesNo':
      return YES_NO;
    default:
      return [];
  }
}
