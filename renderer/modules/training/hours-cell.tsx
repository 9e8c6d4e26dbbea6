import { InputNumber } from 'antd';
import { useState } from 'react';

interface HoursCellProps {
  readonly hours: number | undefined;
  readonly name: string;
  readonly isFixed: boolean;
  readonly onHours: (hours: number) => void;
}

/** Written when the cell is left or Enter is pressed, not at every digit. */
export function HoursCell({ hours, name, isFixed, onHours }: HoursCellProps) {
  const [typed, setTyped] = useState<number | null>();
  const write = (): void => {
    if (typed !== undefined && typed !== null && typed !== hours) onHours(typed);
    setTyped(undefined);
  };
  if (isFixed) return <>{hours}</>;
  return (
    <InputNumber
      size="small"
      aria-label={name}
      value={typed === undefined ? (hours ?? null) : typed}
      min={0.5}
      step={0.5}
      style={{ width: '5rem' }}
      changeOnWheel={false}
      onChange={setTyped}
      onBlur={write}
      onPressEnter={write}
    />
  );
}
