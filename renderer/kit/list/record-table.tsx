/** The table: only the lines in sight are drawn; arrows move, Enter opens, and it comes back to where it was left. */
import { Empty, Table } from 'antd';
import { useEffect, useMemo, useRef, type ComponentProps, type KeyboardEvent, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Place, Query } from '../../core/desk.ts';
import { recordPath } from '../paths.ts';
import { nameOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { columnsOf } from './columns.tsx';
import { useRoom } from '../layout/use-room.ts';

type TableRef =
  NonNullable<Parameters<typeof Table<Place>>[0]['ref']> extends infer R
    ? R extends { current: infer T }
      ? NonNullable<T>
      : never
    : never;

interface RecordTableProps {
  readonly entity: AnyEntity;
  readonly places: readonly Place[];
  readonly sort: Query['sort'];
  readonly active: string | undefined;
  readonly top: number;
  readonly empty: ReactNode;
  readonly onSort: (sort: Query['sort']) => void;
  readonly onActive: (id: string) => void;
  readonly onTop: (top: number) => void;
}

const HEAD = 2.9;

/** The library's waiting picture, never used here, would stand between the grid and its lines. */
const still = { spinning: false, 'aria-live': undefined, 'aria-busy': undefined } as const;

const lineId = (record: string): string => `line-${record}`;

// A virtual table draws its lines outside of its table element; the roles make them one grid again.
const HeadTable = (props: ComponentProps<'table'>) => <table {...props} role="presentation" />;
const HeadGroup = (props: ComponentProps<'thead'>) => <thead {...props} role="rowgroup" />;
const HeadRow = (props: ComponentProps<'tr'>) => <tr {...props} role="row" aria-rowindex={1} />;
const HeadCell = (props: ComponentProps<'th'>) => <th {...props} role="columnheader" />;

export function RecordTable({
  entity,
  places,
  sort,
  active,
  top,
  empty,
  onSort,
  onActive,
  onTop,
}: RecordTableProps) {
  const words = useWords();
  const navigate = useNavigate();
  const { ref: frame, room } = useRoom();
  const table = useRef<TableRef>(null);
  const columns = useMemo(
    () => columnsOf({ entity, words, sort, rem: room.rem, room: room.width }),
    [entity, words, sort, room.rem, room.width],
  );
  const total = columns.reduce((sum, column) => sum + Number(column.width ?? 0), 0);

  const lastTop = useRef(top);
  useEffect(() => {
    if (lastTop.current > 0) table.current?.scrollTo({ top: lastTop.current });
    return () => onTop(lastTop.current);
    // Once: the place is restored when the list opens and kept when it is left.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const at = places.findIndex(({ id }) => id === active);
  const page = Math.max(1, Math.floor(room.height / (room.rem * 2.9)) - 2);
  const go = (index: number): void => {
    const place = places[Math.min(Math.max(index, 0), places.length - 1)];
    if (!place) return;
    onActive(place.id);
    table.current?.scrollTo({ key: place.id });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: places.length - 1,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      go(step);
    } else if (event.key === 'Enter' && places[at]) {
      event.preventDefault();
      void navigate(recordPath(places[at].id));
    }
  };
  const open = ({ id }: Place): void => {
    onActive(id);
    void navigate(recordPath(id));
  };
  // A grid without lines is no grid: what stands in their place is said as text.
  if (places.length === 0)
    return (
      <div ref={frame} className="kit-table kit-centre" style={{ height: room.height }}>
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={empty} />
      </div>
    );
  return (
    <div
      ref={frame}
      className="kit-table"
      tabIndex={0}
      role="grid"
      aria-rowcount={places.length + 1}
      {...(at >= 0 && { 'aria-activedescendant': lineId(active ?? '') })}
      aria-label={words.t('list.table', { what: nameOf(entity, words.language) })}
      onKeyDown={onKeyDown}
      style={{ height: room.height }}
    >
      <Table<Place>
        ref={table}
        virtual
        size="middle"
        rowKey="id"
        columns={columns}
        dataSource={places}
        pagination={false}
        loading={still}
        showSorterTooltip={false}
        scroll={{ x: Math.max(total, room.width - 12), y: room.height - HEAD * room.rem }}
        rowClassName={({ id }) => (id === active ? 'kit-line kit-line-active' : 'kit-line')}
        components={{ header: { table: HeadTable, wrapper: HeadGroup, row: HeadRow, cell: HeadCell } }}
        onRow={(place, index) => ({
          id: lineId(place.id),
          role: 'row',
          'aria-rowindex': (index ?? 0) + 2,
          'aria-selected': place.id === active,
          onClick: () => open(place),
        })}
        onScroll={(event) => {
          lastTop.current = event.currentTarget.scrollTop;
        }}
        onChange={(_, __, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter;
          onSort(
            one?.order && one.columnKey !== undefined
              ? { field: String(one.columnKey), ...(one.order === 'descend' && { descending: true }) }
              : undefined,
          );
        }}
      />
    </div>
  );
}
