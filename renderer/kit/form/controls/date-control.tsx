import type { DateField } from '../../../../shared/core/field/date.ts';
import type { ControlProps } from './control.ts';
import { TypedDate } from './typed-date.tsx';

export const DateControl = ({ field, ...rest }: ControlProps<DateField, string>) => (
  <TypedDate {...rest} notAfterToday={field.notAfterToday} />
);
