import { Select } from 'antd';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { AnyField, Fields } from '../../../shared/core/field/field.ts';
import { useCounts } from '../../core/hooks.ts';
import { useWords } from '../words.ts';
import { filterNames, filterOptions } from './filter-options.ts';

interface ListFiltersProps {
  readonly entity: AnyEntity;
  readonly filter: Readonly<Record<string, readonly unknown[]>>;
  readonly onFilter: (field: string, values: readonly unknown[]) => void;
}

export function ListFilters({ entity, filter, onFilter }: ListFiltersProps) {
  const fields = entity.fields as Fields;
  return (
    <>
      {filterNames(entity).map((name) => {
        const field = fields[name];
        return field ? (
          <OneFilter
            key={name}
            entity={entity.name}
            name={name}
            field={field}
            values={filter[name] ?? []}
            onValues={(values) => onFilter(name, values)}
          />
        ) : null;
      })}
    </>
  );
}

interface OneFilterProps {
  readonly entity: string;
  readonly name: string;
  readonly field: AnyField;
  readonly values: readonly unknown[];
  readonly onValues: (values: readonly unknown[]) => void;
}

/** Choices that nobody has are offered last: the counts say so. */
function OneFilter({ entity, name, field, values, onValues }: OneFilterProps) {
  const { say, t } = useWords();
  const counts = useCounts(entity, name);
  const label = say(field.label);
  const options = filterOptions(field)
    .map((option) => ({ key: String(option.value), option, count: counts.get(option.value) ?? 0 }))
    .sort((one, other) => Number(other.count > 0) - Number(one.count > 0))
    .map(({ key, option, count }) => ({
      value: key,
      label: `${say(option.label)} ${count}`,
      name: say(option.label),
    }));
  const valueOf = (key: string): unknown =>
    filterOptions(field).find((option) => String(option.value) === key)?.value;
  return (
    <Select
      mode="multiple"
      aria-label={t('list.filter', { what: label })}
      placeholder={label}
      value={values.map(String)}
      options={options}
      optionLabelProp="name"
      maxTagCount="responsive"
      popupMatchSelectWidth={false}
      allowClear
      style={{ minWidth: `max(8.5rem, ${label.length / 2 + 4}em)`, maxWidth: '16rem' }}
      showSearch={{ optionFilterProp: 'name' }}
      onChange={(keys: string[]) => onValues(keys.map(valueOf))}
    />
  );
}
