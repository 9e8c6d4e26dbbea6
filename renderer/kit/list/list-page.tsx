import { ArrowLeftOutlined, DeleteOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import { useDesk, useHits, usePlaces } from '../../core/hooks.ts';
import { NotHere } from '../layout/not-here.tsx';
import { Surface } from '../layout/surface.tsx';
import { homeAreas } from '../form/home-areas.ts';
import { newPath } from '../paths.ts';
import { useKit } from '../ports.tsx';
import { nameOf, oneOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { bestFirst } from './closest.ts';
import { ListFilters } from './list-filters.tsx';
import { isNarrowed, queryOf, untouched, useListViews, type ListView } from './list-view.ts';
import { RecordTable } from './record-table.tsx';

/** So many best hits lead a searched list. */
const LEADING = 100;

export function ListPage({ entity: name }: { readonly entity: string }) {
  const { t } = useWords();
  const { registry } = useDesk();
  const entity = registry.entities.get(name);
  if (!entity) return <NotHere title={t('record.missing')} />;
  return <EntityList key={name} entity={entity} />;
}

function EntityList({ entity }: { readonly entity: AnyEntity }) {
  const { language, say, t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const navigate = useNavigate();
  const view = useListViews(({ views }) => views[entity.name]) ?? untouched;
  const write = useListViews(({ change }) => change);
  const change = useCallback((part: Partial<ListView>) => write(entity.name, part), [write, entity.name]);
  const page = useRef<HTMLDivElement>(null);

  const isRanked = view.text.trim() !== '' && !view.withdrawn;
  const sort = view.sort ?? (isRanked ? undefined : entity.list.sort);
  // Typing stays quick while ten thousand lines are narrowed behind it.
  const asked = useDeferredValue(view);
  const found = usePlaces(queryOf(entity.name, asked, entity.list.sort));
  const hits = useHits(asked.text, entity.name, LEADING);
  // Somebody who typed a name wants that person, unless the order was chosen by hand.
  const places = useMemo(
    () => (asked.sort || asked.withdrawn ? found : bestFirst(found, hits)),
    [asked.sort, asked.withdrawn, found, hits],
  );
  const mayCreate = useMemo(
    () => homeAreas(entity, { actor: desk.me, roles: desk.registry.roles, areas: kit.areas() }).length > 0,
    [entity, desk, kit],
  );
  const what = nameOf(entity, language);
  const narrowed = isNarrowed(view);
  return (
    <Surface className="kit-page kit-list">
      <div ref={page} className="kit-spread">
        <div className="kit-list-title">
          <h1>{view.withdrawn ? t('list.withdrawnOf', { what }) : what}</h1>
          <span className="kit-muted" role="status">
            {t(narrowed ? 'list.countFiltered' : 'list.count', { n: places.length.toLocaleString('zh-CN') })}
          </span>
        </div>
        {mayCreate && !view.withdrawn && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(newPath(entity.name))}>
            {t('list.newOf', { what: say(oneOf(entity)) })}
          </Button>
        )}
      </div>
      <div className="kit-filters" role="search">
        <Input
          aria-label={t('list.search', { what })}
          placeholder={t(hasNumbers(entity) ? 'list.searchHint' : 'list.searchHintWords')}
          prefix={<SearchOutlined />}
          value={view.text}
          allowClear
          style={{ width: '18rem' }}
          onChange={(event) => change({ text: event.target.value, top: 0 })}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return;
            event.preventDefault();
            page.current?.parentElement?.querySelector<HTMLElement>('.kit-table')?.focus();
          }}
        />
        <ListFilters
          entity={entity}
          filter={view.filter}
          onFilter={(field, values) => change({ filter: { ...view.filter, [field]: values }, top: 0 })}
        />
        {narrowed && (
          <Button type="link" onClick={() => change({ text: '', filter: {}, top: 0 })}>
            {t('list.clear')}
          </Button>
        )}
        <Button
          type="text"
          icon={view.withdrawn ? <ArrowLeftOutlined /> : <DeleteOutlined />}
          style={{ marginInlineStart: 'auto' }}
          onClick={() => change({ withdrawn: !view.withdrawn, top: 0 })}
        >
          {t(view.withdrawn ? 'list.leaveWithdrawn' : 'list.withdrawn')}
        </Button>
      </div>
      {view.withdrawn && <p className="kit-muted">{t('list.withdrawnNote')}</p>}
      <RecordTable
        entity={entity}
        places={places}
        sort={sort}
        active={view.active}
        top={view.top}
        empty={<EmptyWords what={what} view={view} />}
        onSort={(order) => change({ sort: order, top: 0 })}
        onActive={(active) => change({ active })}
        onTop={(top) => change({ top })}
      />
    </Surface>
  );
}

/** People are also found by the end of a telephone or document number. */
const hasNumbers = (entity: AnyEntity): boolean =>
  Object.values(entity.fields as Fields).some(({ search }) => search === 'digits');

function EmptyWords({ what, view }: { readonly what: string; readonly view: ListView }) {
  const { t } = useWords();
  if (view.withdrawn && !isNarrowed(view)) return <>{t('list.nothingWithdrawn')}</>;
  const [title, hint] = isNarrowed(view)
    ? [t('list.nothing'), t('list.nothingHint')]
    : [t('list.empty', { what }), t('list.emptyHint')];
  return (
    <>
      <strong>{title}</strong>
      <div className="kit-muted">{hint}</div>
    </>
  );
}
