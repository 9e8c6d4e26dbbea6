/** A short form over some fields, in a dialog: one step of a procedure, one entry of a log. Drafts survive here too. */
import { Alert } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { shanghaiDay } from '../../../shared/core/calendar/day.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import type { Result } from '../../../shared/core/result.ts';
import { useDesk } from '../../core/hooks.ts';
import { FieldList } from './field-list.tsx';
import { FormFrame } from './form-frame.tsx';
import type { Problems } from './form-problems.ts';
import { useForm } from './use-form.ts';

export interface ValuesFormProps {
  readonly fields: Fields;
  readonly names: readonly string[];
  readonly initial: Values;
  readonly title: string;
  readonly onSubmit: (values: Values) => Promise<Result<unknown, Refusal>>;
  readonly onCancel: () => void;
  readonly onValues?: (values: Values) => void;
  readonly required?: ReadonlySet<string>;
  readonly submitLabel?: string;
  readonly marked?: Problems;
  readonly lead?: ReactNode;
  /** Why it cannot be done with these values, in words; undefined when it can. */
  readonly obstacle?: (values: Values) => string | undefined;
}

export function ValuesForm({
  fields,
  names,
  initial,
  required,
  marked,
  onValues,
  lead,
  obstacle,
  ...frame
}: ValuesFormProps) {
  const desk = useDesk();
  const asked = useMemo(
    () => Object.fromEntries(names.flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : []))),
    [fields, names],
  );
  const form = useForm({
    fields: asked,
    names,
    initial,
    today: shanghaiDay(desk.now()),
    ...(required && { required }),
    ...(marked && { marked }),
    ...(onValues && { onValues }),
  });
  const reason = obstacle?.(form.values);
  return (
    <FormFrame {...frame} form={form} names={names} cannotSubmit={reason !== undefined}>
      {(prefix) => (
        <>
          {lead}
          <FieldList
            fields={asked}
            names={names}
            values={form.values}
            problems={form.problems}
            onChange={form.set}
            onLeave={form.leave}
            prefix={prefix}
            {...(required && { required })}
          />
          {reason !== undefined && <Alert type="warning" showIcon title={reason} />}
        </>
      )}
    </FormFrame>
  );
}
