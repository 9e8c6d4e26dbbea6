import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import { isAbsent } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import { showValue } from '../../../shared/core/format.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { useDesk, usePointing } from '../../core/hooks.ts';
import { homeAreas } from '../form/home-areas.ts';
import { Card } from '../layout/card.tsx';
import { newPath, recordPath } from '../paths.ts';
import { useKit } from '../ports.tsx';
import { StageTag } from '../value/stage-tag.tsx';
import { numberOf, titleOf } from '../value/record-title.ts';
import { ValueView } from '../value/value-view.tsx';
import { useWords } from '../words.ts';
import { isOwn, type Pointing } from './related.ts';

const FIRST = 5;

interface RelatedCardProps extends Pointing {
  readonly to: string;
  readonly mayAdd: boolean;
}

/** Records of one kind that point here. A kind that lives elsewhere shows only when there are some. */
export function RelatedCard({ entity, field, to, mayAdd }: RelatedCardProps) {
  const { say, t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const navigate = useNavigate();
  const [isWhole, setWhole] = useState(false);
  const found = usePointing(entity.name, field, to);
  const isAllowed = useMemo(
    () => homeAreas(entity, { actor: desk.me, roles: desk.registry.roles, areas: kit.areas() }).length > 0,
    [entity, desk, kit],
  );
  const own = isOwn({ entity, field });
  if (found.length === 0 && !own) return null;
  const declared = (entity.fields as Fields)[field];
  const latest = [...found].sort((one, other) => (one.created.at < other.created.at ? 1 : -1));
  const shown = isWhole ? latest : latest.slice(0, FIRST);
  const isMain = entity.place === 'related';
  return (
    <Card
      title={
        <>
          {say(entity.label)}
          {!isMain && declared && <span className="kit-muted kit-small"> · {say(declared.label)}</span>}
        </>
      }
      extra={
        mayAdd &&
        isAllowed &&
        (own || !isMain) && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            aria-label={t('record.addRelated', { what: say(entity.one ?? entity.label) })}
            onClick={() => void navigate(newPath(entity.name, { field, to }))}
          >
            {t('common.add')}
          </Button>
        )
      }
    >
      {shown.length === 0 ? (
        <p className="kit-muted">{t('record.noRelated')}</p>
      ) : (
        <ul className="kit-links">
          {shown.map((record) => (
            <RelatedLine key={record.id} entity={entity} record={record} by={field} />
          ))}
        </ul>
      )}
      {latest.length > FIRST && (
        <Button type="link" size="small" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('record.fewer') : t('record.all', { n: latest.length })}
        </Button>
      )}
    </Card>
  );
}

interface RelatedLineProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly by: string;
}

/** The title, and what the list of that kind would show first beside it. */
function RelatedLine({ entity, record, by }: RelatedLineProps) {
  const { language } = useWords();
  const stages = stagesOf(entity);
  const fields = entity.fields as Fields;
  const number = numberOf(entity, record.values);
  const title = titleOf(entity, record.values);
  const beside = entity.list.columns.find(
    (column) =>
      typeof column === 'string' &&
      column !== by &&
      (fields[column]?.kind === 'date' ||
        fields[column]?.kind === 'dateTime' ||
        fields[column]?.kind === 'choice') &&
      !isAbsent(record.values[column]) &&
      // A day that is the title is not said twice; titles are in the district's language.
      showValue(fields[column], record.values[column], 'zh') !== title,
  ) as string | undefined;
  const besideField = beside === undefined ? undefined : fields[beside];
  return (
    <li>
      <span>
        <Link to={recordPath(record.id)} lang={language}>
          {title}
        </Link>
        {number && <span className="kit-muted kit-small"> {number.official ?? number.temporary}</span>}
      </span>
      <span className="kit-nowrap kit-small kit-muted">
        {stages && entity.stageField !== undefined ? (
          <StageTag field={stages} stage={String(record.values[entity.stageField])} />
        ) : (
          besideField &&
          beside !== undefined && <ValueView field={besideField} value={record.values[beside]} />
        )}
      </span>
    </li>
  );
}
