import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { KitArea } from '../ports.tsx';
import { useWords } from '../words.ts';

interface AreaChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly areas: readonly KitArea[];
  readonly chosen: string | undefined;
  readonly onChoose: (code: string | undefined) => void;
  readonly children?: ReactNode;
}

export function AreaChoice({ id, label, areas, chosen, onChoose, children }: AreaChoiceProps) {
  const { t } = useWords();
  return (
    <div className="kit-field">
      <label className="kit-label" htmlFor={id}>
        {label}
      </label>
      <Select
        id={id}
        value={chosen ?? null}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('form.choose')}
        notFoundContent={t('sharing.nowhere')}
        options={areas.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(code: string | null) => onChoose(code ?? undefined)}
      />
      {children}
    </div>
  );
}
