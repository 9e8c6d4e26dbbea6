/**
 * Finds a record of one kind as the search box does: name, pinyin, initials, numbers. Arrows and Enter choose; the last line registers a
 * new one, the form being kept as a draft meanwhile.
 */
import { PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useNavigate } from 'react-router';
import type { AnyEntity } from '../../../../shared/core/entity.ts';
import { isAbsent } from '../../../../shared/core/field/base.ts';
import type { AnyField, Fields } from '../../../../shared/core/field/field.ts';
import type { Reference } from '../../../../shared/core/field/reference.ts';
import { maskValue, showValue } from '../../../../shared/core/format.ts';
import type { Language } from '../../../../shared/core/label.ts';
import type { RecordState } from '../../../../shared/core/record.ts';
import type { Place } from '../../../core/desk.ts';
import { useDesk, useHits, usePlaces } from '../../../core/hooks.ts';
import { closestFirst } from '../../list/closest.ts';
import { newPath } from '../../paths.ts';
import { nameOf, oneOf, referenceTo, titleOf } from '../../value/record-title.ts';
import { useWords } from '../../words.ts';

/** Sex and birthday alone do not tell three 王伟 apart; telephone and address do. */
const TOLD = 4;

interface RecordPickerProps {
  readonly entity: string;
  readonly id: string;
  readonly name: string;
  readonly describedBy: string;
  readonly isWrong: boolean;
  readonly disabled?: boolean;
  /** Ids that are chosen already. */
  readonly without?: ReadonlySet<string>;
  readonly chosen?: Reference | undefined;
  readonly onPick: (reference: Reference | undefined) => void;
  readonly placeholder?: string;
  readonly mayRegister?: boolean;
}

export function RecordPicker(props: RecordPickerProps) {
  const { registry } = useDesk();
  const entity = registry.entities.get(props.entity);
  return entity ? <Picker {...props} declared={entity} /> : null;
}

function Picker({
  declared,
  id,
  name,
  describedBy,
  isWrong,
  disabled = false,
  without,
  chosen,
  onPick,
  placeholder,
  mayRegister = true,
}: RecordPickerProps & { readonly declared: AnyEntity }) {
  const desk = useDesk();
  const { language, say, t } = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const asked = useDeferredValue(text);
  const hits = closestFirst(useHits(asked, declared.name, 30)).slice(0, 12);
  const first = (places: readonly Place[]): readonly RecordState[] =>
    places.slice(0, 8).flatMap(({ id: one }) => desk.itself(one) ?? []);
  const all = usePlaces({ entity: declared.name });
  const found = (asked.trim() === '' ? first(all) : hits).filter((record) => !without?.has(record.id));

  const options = found.map((record) => ({
    value: record.id,
    label: titleOf(declared, record.values),
    told: tellingApart(declared, record, language),
  }));
  const shown =
    chosen && !options.some((option) => option.value === chosen.id)
      ? [{ value: chosen.id, label: chosen.title, told: '' }, ...options]
      : options;
  return (
    <Select
      id={id}
      aria-label={name}
      aria-describedby={describedBy}
      value={chosen?.id ?? null}
      disabled={disabled}
      open={isOpen}
      onOpenChange={setOpen}
      {...(isWrong && { status: 'error' as const })}
      style={{ width: '100%' }}
      placeholder={placeholder ?? t('form.pick')}
      allowClear={chosen !== undefined}
      showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
      options={shown}
      optionRender={({ data }) => (
        <span className="kit-option">
          <span>{data.label}</span>
          <span className="kit-option-told">{data.told}</span>
        </span>
      )}
      notFoundContent={t('form.notFound')}
      popupRender={(menu) => (
        <>
          {menu}
          {mayRegister && (
            <Button
              type="link"
              icon={<PlusOutlined />}
              onClick={() => {
                setOpen(false);
                void navigate(newPath(declared.name));
              }}
            >
              {t('form.newOne', { what: nameOf(declared, language) || say(oneOf(declared)) })}
            </Button>
          )}
        </>
      )}
      onChange={(picked: string | null) => {
        setText('');
        const record = found.find((one) => one.id === picked);
        onPick(
          picked === null || picked === undefined
            ? undefined
            : record
              ? referenceTo(declared, record)
              : chosen,
        );
      }}
    />
  );
}

/** What tells two people of one name apart: the first few list columns after the title, numbers masked. */
function tellingApart(entity: AnyEntity, record: RecordState, language: Language): string {
  const fields = entity.fields as Fields;
  const title = titleOf(entity, record.values);
  return entity.list.columns
    .flatMap((column) =>
      typeof column === 'string' && fields[column] ? [[column, fields[column]] as const] : [],
    )
    .filter(([column]) => !isAbsent(record.values[column]))
    .map(([column, field]) => textOf(field, record.values[column], language))
    .filter((text) => text !== '' && text !== title)
    .slice(0, TOLD)
    .join(' · ');
}

const textOf = (field: AnyField, value: unknown, language: Language): string =>
  field.sensitive ? maskValue(field, value) : showValue(field, value, language);
