/** All that an operation wrote, line by line, as its author wrote it: on the screen and in the exported text. */
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import { fieldsWithin, type AnyField } from '../../../shared/core/field/field.ts';
import type { Entry } from '../../../shared/core/field/rows.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { showValue } from '../../../shared/core/format.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import { problemSentence } from '../../../shared/core/problem.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import type { KitPorts } from '../../kit/ports.tsx';
import type { Texts } from '../../texts/use-texts.ts';

export interface OperationLine {
  readonly label: string;
  readonly text: string;
  /** What is wrong with it, where the district said so. */
  readonly problem?: string;
}

export type Naming = Texts & Pick<KitPorts, 'areaName' | 'personName'>;

export function operationLines(
  operation: Operation,
  entity: AnyEntity | undefined,
  reason: Refusal,
  { t, say, language, areaName, personName }: Naming,
): readonly OperationLine[] {
  const problemOf = (name: string): { problem?: string } => {
    const found = reason.problems?.find(({ field }) => field === name || field.startsWith(`${name}.`));
    return found ? { problem: problemSentence(found, language) } : {};
  };
  const line = (name: string, text: string, label?: string): OperationLine => {
    const field = entity?.fields[name] as AnyField | undefined;
    return { label: label ?? (field ? say(field.label) : name), text, ...problemOf(name) };
  };
  const shown = (name: string, value: unknown): string => {
    const field = entity?.fields[name] as AnyField | undefined;
    return field ? showValue(field, value, language) : JSON.stringify(value);
  };
  const entries = ([name, added]: [string, readonly unknown[]]): readonly OperationLine[] => {
    const field = entity?.fields[name] as AnyField | undefined;
    if (field?.kind !== 'entries') return [line(name, JSON.stringify(added))];
    return (added as readonly Entry[]).flatMap(({ values }) => [
      line(name, '', t('tray.entry', { one: say(field.one) })),
      ...Object.entries(fieldsWithin(field)).flatMap(([inner, one]) =>
        (values as Values)[inner] === undefined
          ? []
          : [{ label: say(one.label), text: showValue(one, values[inner], language) }],
      ),
    ]);
  };
  const stage = entity && stagesOf(entity)?.stages[operation.to ?? ''];
  const { with: other, kind, area } = operation;
  return [
    ...(other
      ? [{ label: t('tray.with'), text: 'person' in other ? personName(other.person) : areaName(other.area) }]
      : []),
    ...(kind === 'move' && area !== undefined ? [{ label: t('tray.to'), text: areaName(area) }] : []),
    ...(stage ? [line(entity.stageField ?? '', t('tray.toStage', { stage: say(stage) }))] : []),
    ...Object.entries(operation.set ?? {}).map(([name, value]) =>
      line(name, value === null ? t('tray.cleared') : shown(name, value)),
    ),
    ...Object.entries(operation.add ?? {}).map(([name, members]) => line(name, shown(name, members))),
    ...Object.entries(operation.remove ?? {}).map(([name, members]) =>
      line(name, t('tray.removed', { value: shown(name, members) })),
    ),
    ...Object.entries(operation.append ?? {}).flatMap(entries),
  ];
}
