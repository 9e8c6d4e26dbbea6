/** The short text by which people know a record, and its number where it has one. */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { OfficialNumber } from '../../../shared/core/field/official-number.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Label, Language } from '../../../shared/core/label.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';

export const titleOf = (entity: AnyEntity, values: Values): string =>
  String(entity.title(values) || entity.label.zh);

export const numberOf = (entity: AnyEntity, values: Values): OfficialNumber | undefined =>
  entity.numberField === undefined ? undefined : (values[entity.numberField] as OfficialNumber | undefined);

/** One of it, with its measure word where it is declared. */
export const oneOf = (entity: AnyEntity): Label => entity.one ?? entity.label;

/** The label without a leading measure word, for 新登记…; English labels start small inside a sentence. */
export const nameOf = (entity: AnyEntity, language: Language): string => entity.label[language];

/** A reference to a record, with the values that the entity keeps for papers. */
export function referenceTo(entity: AnyEntity, record: RecordState): Reference {
  const kept = Object.fromEntries(
    (entity.kept ?? []).flatMap((name: string) => {
      const value = record.values[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return {
    id: record.id,
    title: titleOf(entity, record.values).slice(0, 200),
    ...(Object.keys(kept).length > 0 && { kept }),
  };
}
