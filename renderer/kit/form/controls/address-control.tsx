import { Input } from 'antd';
import { parseAddress, type Address } from '../../../../shared/core/address.ts';
import type { AddressField } from '../../../../shared/core/field/address.ts';
import { type KitKey, useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

const PARTS = ['road', 'lane', 'branch', 'estate', 'no', 'room'] as const;

/** One line as people say it; what was recognised stands below, so that a slip shows while the resident is still there. */
export function AddressControl({
  value,
  onChange,
  id,
  isWrong,
  describedBy,
  disabled,
}: ControlProps<AddressField, Address>) {
  const { t } = useWords();
  const parts = PARTS.filter((part) => value?.[part] !== undefined && value[part] !== '');
  return (
    <>
      <Input
        id={id}
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        value={value?.raw ?? ''}
        disabled={disabled ?? false}
        placeholder={t('form.address')}
        autoComplete="off"
        {...(isWrong && { status: 'error' as const })}
        onChange={(event) =>
          onChange(
            event.target.value === ''
              ? undefined
              : { ...parseAddress(event.target.value), raw: event.target.value },
          )
        }
      />
      {parts.length > 0 && (
        <div className="kit-parts kit-muted" aria-live="polite">
          <span>{t('form.parsed')}</span>
          {parts.map((part) => (
            <span key={part}>
              {t(`form.${part}` satisfies KitKey)} <strong>{value?.[part]}</strong>
            </span>
          ))}
        </div>
      )}
    </>
  );
}
