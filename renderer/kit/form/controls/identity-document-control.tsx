import { CheckCircleOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import type { IdentityDocumentField } from '../../../../shared/core/field/identity-document.ts';
import {
  checkDocument,
  documentTypes,
  type IdentityDocument,
} from '../../../../shared/core/identity-document.ts';
import { useWords } from '../../words.ts';
import type { ControlProps } from './control.ts';

const CARD = '111';
/** Blanks between groups and a small x are how people read a card aloud. */
const plain = (number: string): string => number.normalize('NFKC').replace(/\s/gu, '').toUpperCase();

export function IdentityDocumentControl({
  field,
  value,
  onChange,
  id,
  name,
  isWrong,
  describedBy,
  disabled = false,
}: ControlProps<IdentityDocumentField, IdentityDocument>) {
  const { say, t } = useWords();
  const type = value?.type ?? CARD;
  const isNone = type === 'none';
  const isGood = value !== undefined && value.number !== '' && checkDocument(value) === undefined;
  const status = isWrong ? { status: 'error' as const } : {};
  const write = (next: IdentityDocument): void =>
    onChange(next.number === '' && next.type === CARD ? undefined : next);
  return (
    <>
      <div
        style={{ display: 'grid', gridTemplateColumns: 'minmax(9rem, 0.6fr) minmax(0, 1fr)', gap: '0.5rem' }}
      >
        <Select
          aria-label={`${name} ${t('form.documentType')}`}
          value={type}
          disabled={disabled}
          options={Object.entries(documentTypes).map(([code, label]) => ({ value: code, label: say(label) }))}
          onChange={(chosen) =>
            write(
              chosen === 'none'
                ? { type: chosen, number: '', reason: '' }
                : { type: chosen, number: value?.number ?? '' },
            )
          }
        />
        {isNone ? (
          <Input
            id={id}
            aria-label={t('form.documentReason')}
            aria-describedby={describedBy}
            placeholder={t('form.documentReason')}
            value={value?.reason ?? ''}
            disabled={disabled}
            {...status}
            onChange={(event) => write({ type, number: '', reason: event.target.value })}
          />
        ) : (
          <Input
            id={id}
            aria-label={`${name} ${t('form.documentNumber')}`}
            aria-describedby={describedBy}
            aria-invalid={isWrong}
            aria-required={field.required}
            autoComplete="off"
            spellCheck={false}
            value={value?.number ?? ''}
            disabled={disabled}
            {...status}
            onChange={(event) => write({ type, number: plain(event.target.value) })}
          />
        )}
      </div>
      {isGood && !isNone && (
        <span className="kit-small" style={{ color: 'var(--kit-done)' }} role="status">
          <CheckCircleOutlined /> {t('form.documentOk')}
        </span>
      )}
    </>
  );
}
