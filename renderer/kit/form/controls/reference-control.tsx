import type { Reference, ReferenceField } from '../../../../shared/core/field/reference.ts';
import type { ControlProps } from './control.ts';
import { RecordPicker } from './record-picker.tsx';

export const ReferenceControl = ({
  field,
  value,
  onChange,
  ...rest
}: ControlProps<ReferenceField, Reference>) => (
  <RecordPicker
    entity={field.entity}
    id={rest.id}
    name={rest.name}
    describedBy={rest.describedBy}
    isWrong={rest.isWrong}
    disabled={rest.disabled ?? false}
    chosen={value}
    onPick={onChange}
  />
);
