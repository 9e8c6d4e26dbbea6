/** Labelled fields in two columns: each kind has its control, its help, and its problem below it in words. */
import { memo, useMemo, type FocusEvent } from 'react';
import { problemSentence } from '../../../shared/core/problem.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { fieldsWithin, type AnyField, type Fields } from '../../../shared/core/field/field.ts';
import { useWords } from '../words.ts';
import { AddressControl } from './controls/address-control.tsx';
import { AttachmentsControl } from './controls/attachments-control.tsx';
import { ChoiceControl, OPEN_CHOICES } from './controls/choice-control.tsx';
import { ChoicesControl } from './controls/choices-control.tsx';
import type { ControlProps } from './controls/control.ts';
import { DateControl } from './controls/date-control.tsx';
import { DateTimeControl } from './controls/date-time-control.tsx';
import { IdentityDocumentControl } from './controls/identity-document-control.tsx';
import { MoneyControl } from './controls/money-control.tsx';
import { NumberControl } from './controls/number-control.tsx';
import { OfficialNumberControl } from './controls/official-number-control.tsx';
import { PhoneControl } from './controls/phone-control.tsx';
import { ReferenceControl } from './controls/reference-control.tsx';
import { ReferencesControl } from './controls/references-control.tsx';
import { RowsControl } from './controls/rows-control.tsx';
import { TextControl } from './controls/text-control.tsx';
import { YesNoControl } from './controls/yes-no-control.tsx';
import { problemsAt, problemsInside, type Problems } from './form-problems.ts';

export interface FieldListProps {
  readonly fields: Fields;
  readonly names: readonly string[];
  readonly values: Values;
  readonly problems: Problems;
  readonly onChange: (name: string, value: unknown) => void;
  readonly onLeave?: (name: string) => void;
  /** Begins the ids of this form's controls. */
  readonly prefix: string;
  readonly required?: ReadonlySet<string>;
  readonly disabled?: ReadonlySet<string>;
}

export const controlId = (prefix: string, name: string): string => `${prefix}-${name}`;

export function FieldList({
  fields,
  names,
  values,
  problems,
  onChange,
  onLeave,
  prefix,
  required,
  disabled,
}: FieldListProps) {
  return (
    <div className="kit-fields">
      {names.map((name) => {
        const field = fields[name];
        return field ? (
          <FieldRow
            key={name}
            id={controlId(prefix, name)}
            place={name}
            field={field}
            value={values[name]}
            problems={problems}
            isRequired={field.required || (required?.has(name) ?? false)}
            isDisabled={disabled?.has(name) ?? false}
            onChange={onChange}
            {...(onLeave && { onLeave })}
          />
        ) : null;
      })}
    </div>
  );
}

interface FieldRowProps {
  readonly id: string;
  readonly place: string;
  readonly field: AnyField;
  readonly value: unknown;
  readonly problems: Problems;
  readonly isRequired: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (name: string, value: unknown) => void;
  readonly onLeave?: (name: string) => void;
}

/** Open choices longer than this do not fit on half a line. */
const HALF_LINE = 18;

function isWide(field: AnyField): boolean {
  if (field.kind === 'choice') {
    const labels = Object.values(field.options);
    return labels.length <= OPEN_CHOICES && labels.reduce((sum, { zh }) => sum + zh.length, 0) > HALF_LINE;
  }
  if (field.kind === 'text') return field.multiline || field.max > 80;
  return ['rows', 'references', 'choices', 'attachments'].includes(field.kind);
}

function FieldRow({
  id,
  place,
  field,
  value,
  problems,
  isRequired,
  isDisabled,
  onChange,
  onLeave,
}: FieldRowProps) {
  const { language, say, t } = useWords();
  const found = problemsAt(problems, place);
  // Rows show the problems of their cells themselves.
  const told = field.kind === 'rows' ? found.filter((problem) => problem.field === place) : found.slice(0, 1);
  const describedBy = `${id}-told`;
  const label = say(field.label);
  const onBlur = (event: FocusEvent<HTMLElement>): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) onLeave?.(place);
  };
  return (
    <div className={`kit-field ${isWide(field) ? 'kit-field-wide' : ''}`.trim()} onBlur={onBlur}>
      <label className={isRequired ? 'kit-label kit-label-required' : 'kit-label'} htmlFor={id}>
        {label}
      </label>
      <Control
        field={field}
        value={value}
        onChange={(next: unknown) => onChange(place, next)}
        id={id}
        name={label}
        isWrong={found.length > 0}
        describedBy={describedBy}
        inside={problemsInside(problems, place)}
        disabled={isDisabled}
      />
      <div id={describedBy}>
        {told.map((problem) => (
          <div key={problem.field} className="kit-problem" role="alert">
            {problemSentence(problem, language)}
          </div>
        ))}
        {isDisabled && <div className="kit-help">{t('form.fixed')}</div>}
        {field.help && told.length === 0 && <div className="kit-help">{say(field.help)}</div>}
      </div>
    </div>
  );
}

// The field's kind decides the type of its value; the union cannot say so by itself.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const Control = memo(function Control(props: ControlProps<AnyField, any>) {
  const { field, ...rest } = props;
  switch (field.kind) {
    case 'text':
      return <TextControl field={field} {...rest} />;
    case 'choice':
      return <ChoiceControl field={field} {...rest} />;
    case 'choices':
      return <ChoicesControl field={field} {...rest} />;
    case 'yesNo':
      return <YesNoControl field={field} {...rest} />;
    case 'date':
      return <DateControl field={field} {...rest} />;
    case 'dateTime':
      return <DateTimeControl field={field} {...rest} />;
    case 'number':
      return <NumberControl field={field} {...rest} />;
    case 'money':
      return <MoneyControl field={field} {...rest} />;
    case 'reference':
      return <ReferenceControl field={field} {...rest} />;
    case 'references':
      return <ReferencesControl field={field} {...rest} />;
    case 'attachments':
      return <AttachmentsControl field={field} {...rest} />;
    case 'phone':
      return <PhoneControl field={field} {...rest} />;
    case 'address':
      return <AddressControl field={field} {...rest} />;
    case 'identityDocument':
      return <IdentityDocumentControl field={field} {...rest} />;
    case 'officialNumber':
      return <OfficialNumberControl field={field} {...rest} />;
    case 'rows': {
      const fields = fieldsWithin(field);
      return (
        <RowsControl
          field={field}
          {...rest}
          renderRow={(row, index, onRow) => (
            <Row
              fields={fields}
              row={row}
              index={index}
              onRow={onRow}
              prefix={rest.id}
              problems={rest.inside}
            />
          )}
        />
      );
    }
    case 'stages':
    case 'entries':
      return null;
  }
});

interface RowProps {
  readonly fields: Fields;
  readonly row: Values;
  readonly index: number;
  readonly onRow: (row: Values) => void;
  readonly prefix: string;
  readonly problems: Problems;
}

function Row({ fields, row, index, onRow, prefix, problems }: RowProps) {
  const names = useMemo(() => Object.keys(fields), [fields]);
  return (
    <FieldList
      fields={fields}
      names={names}
      values={row}
      problems={problemsInside(problems, String(index))}
      prefix={`${prefix}-${index}`}
      onChange={(name, value) => onRow({ ...row, [name]: value })}
    />
  );
}
