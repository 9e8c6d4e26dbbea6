/** Columns of a list from its declaration: a width for each kind, one line a cell, numbers masked, related records as tags. */
import { ClockCircleOutlined } from '@ant-design/icons';
import type { TableColumnType } from 'antd';
import { Link } from 'react-router';
import type { AnyEntity, RelatedColumn } from '../../../shared/core/entity.ts';
import type { AnyField, Fields } from '../../../shared/core/field/field.ts';
import { isAbsent } from '../../../shared/core/field/base.ts';
import { maskValue, showValue } from '../../../shared/core/format.ts';
import { listedIn } from '../../../shared/core/listed.ts';
import type { Place, Query } from '../../core/desk.ts';
import { useDesk, usePointing, useShown } from '../../core/hooks.ts';
import { recordPath } from '../paths.ts';
import { titleOf } from '../value/record-title.ts';
import { ValueView } from '../value/value-view.tsx';
import { useWords, type Words } from '../words.ts';
import { columnsThatFit, fitted } from './fitted.ts';

/** In rem, so that large type keeps its room. */
const widths: Readonly<Partial<Record<AnyField['kind'], number>>> = {
  choice: 7.5,
  choices: 11,
  yesNo: 4.5,
  stages: 7.5,
  date: 9.5,
  dateTime: 12,
  number: 6,
  money: 8,
  phone: 9.5,
  identityDocument: 12,
  officialNumber: 15,
  address: 16,
  references: 11,
  reference: 9,
  rows: 11,
};

function widthOf(field: AnyField): number {
  if (field.kind === 'text') return field.multiline ? 22 : field.search === 'name' ? 9 : 13;
  return widths[field.kind] ?? 10;
}

export interface ColumnsGiven {
  readonly entity: AnyEntity;
  readonly words: Words;
  readonly sort: Query['sort'];
  /** Pixels a rem. */
  readonly rem: number;
  /** Pixels that the table has. */
  readonly room: number;
}

/** The vertical scroll bar's own. */
const BAR = 12;

export function columnsOf(given: ColumnsGiven): TableColumnType<Place>[] {
  const room = given.room - BAR;
  const all = neededColumns(given);
  const needed = all.map(({ width }) => Number(width));
  const columns = all.slice(0, columnsThatFit(needed, room));
  const widths = fitted(needed.slice(0, columns.length), room);
  return columns.map((column, index) => ({
    ...column,
    width: widths[index] ?? 100,
    onCell: () => ({ role: 'gridcell' }),
  }));
}

function neededColumns({ entity, words, sort, rem }: ColumnsGiven): TableColumnType<Place>[] {
  const fields = entity.fields as Fields;
  return entity.list.columns.flatMap((column, index): TableColumnType<Place>[] => {
    if (typeof column !== 'string') {
      return [
        {
          key: `${column.entity}.${column.shows}`,
          title: words.say(column.label),
          width: 12 * rem,
          render: (_, { id }) => <RelatedCell column={column} record={id} />,
        },
      ];
    }
    const field = fields[column];
    if (!field) return [];
    // What a record is called is what people look for.
    const ampler = index === 0 && field.kind === 'text' && field.search !== 'name' ? 1.4 : 1;
    return [
      {
        key: column,
        title: words.say(field.label),
        width: widthOf(field) * ampler * rem,
        sorter: listedIn(entity).sorted.includes(column),
        sortOrder: sort?.field === column ? (sort.descending ? 'descend' : 'ascend') : null,
        render: (_, { id }) => {
          const Drawn = index === 0 ? FirstCell : FieldCell;
          return <Drawn entity={entity} field={field} name={column} id={id} />;
        },
      },
    ];
  });
}

interface CellProps {
  readonly entity: AnyEntity;
  readonly field: AnyField;
  readonly name: string;
  readonly id: string;
}

/** The table draws anew when a record of it has changed; only lines in sight are looked up. */
function FieldCell({ field, name, id }: CellProps) {
  return <Cell field={field} value={useDesk().itself(id)?.values[name]} />;
}

function Cell({ field, value }: { readonly field: AnyField; readonly value: unknown }) {
  const { language } = useWords();
  if (isAbsent(value)) return null;
  if (field.kind === 'stages') return <ValueView field={field} value={value} />;
  const isToned = field.kind === 'choice' && field.options[String(value)]?.tone !== undefined;
  if (isToned || field.kind === 'choices') {
    return (
      <span className="kit-cell">
        <ValueView field={field} value={value} />
      </span>
    );
  }
  const text = field.sensitive ? maskValue(field, value) : showValue(field, value, language);
  return (
    <span className="kit-cell" title={text}>
      {text}
    </span>
  );
}

/** The way into the record, and whether it is still on its way to the district. */
function FirstCell({ entity, field, name, id }: CellProps) {
  const { language, t } = useWords();
  const pending = useShown(id)?.pending ?? 0;
  const record = useDesk().itself(id);
  if (!record) return null;
  const value = record.values[name];
  const text = isAbsent(value) ? titleOf(entity, record.values) : showValue(field, value, language);
  return (
    <span className="kit-cell kit-cell-first" title={text}>
      <Link to={recordPath(id)} tabIndex={-1}>
        {text}
      </Link>
      {pending > 0 && (
        <ClockCircleOutlined
          title={t('list.pending')}
          aria-label={t('list.pending')}
          style={{ color: 'var(--kit-care)' }}
        />
      )}
    </span>
  );
}

function RelatedCell({ column, record }: { readonly column: RelatedColumn; readonly record: string }) {
  const { registry } = useDesk();
  const pointing = usePointing(column.entity, column.by, record);
  const field = (registry.entities.get(column.entity)?.fields as Fields | undefined)?.[column.shows];
  if (!field || pointing.length === 0) return null;
  const values = [
    ...new Set(pointing.map((one) => one.values[column.shows]).filter((value) => !isAbsent(value))),
  ];
  return (
    <span className="kit-cell">
      {values.map((value) => (
        <ValueView key={String(value)} field={field} value={value} />
      ))}
    </span>
  );
}
