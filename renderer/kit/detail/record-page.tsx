import { Alert, Button } from 'antd';
import { Fragment, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { mayReadRecord } from '../../../shared/core/access.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { isAbsent } from '../../../shared/core/field/base.ts';
import type { AnyField, Fields } from '../../../shared/core/field/field.ts';
import type { Entry } from '../../../shared/core/field/rows.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { parseScope } from '../../../shared/core/scope.ts';
import { useDesk, useShown } from '../../core/hooks.ts';
import { DuplicateNotices } from '../duplicates/duplicate-notices.tsx';
import { formSections } from '../form/form-values.ts';
import { Card } from '../layout/card.tsx';
import { NotHere } from '../layout/not-here.tsx';
import { Surface } from '../layout/surface.tsx';
import { listPath, trayPath } from '../paths.ts';
import { useKit } from '../ports.tsx';
import { timeAgo } from '../value/time-words.ts';
import { numberOf, titleOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { DueChips } from './due-chips.tsx';
import { EntriesCard } from './entries-card.tsx';
import { Facts } from './facts.tsx';
import { HistoryCard, StandingWords } from './history-card.tsx';
import { RecordActions } from './record-actions.tsx';
import { pointingTo } from './related.ts';
import { RelatedCard } from './related-card.tsx';
import { rightsOn, type Rights } from './rights.ts';
import { ShareCard } from './share-card.tsx';
import { StageLine } from './stage-line.tsx';

export function RecordPage({ id }: { readonly id: string }) {
  const { t } = useWords();
  const { me, registry } = useDesk();
  const shown = useShown(id);
  const kit = useKit();
  const [last, setLast] = useState(shown);
  if (shown && shown !== last) setLast(shown);
  const entity = shown && registry.entities.get(shown.record.entity);
  if (last && !shown && !mayReadRecord(me, last.record, registry.roles)) {
    const where = kit.areaName(last.record.area);
    return <NotHere title={t('record.gone', { where })} hint={t('record.goneHint')} />;
  }
  if (!shown || !entity) return <NotHere title={t('record.missing')} hint={t('record.missingHint')} />;
  return <RecordView key={id} entity={entity} record={shown.record} pending={shown.pending} asked={id} />;
}

interface RecordViewProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly pending: number;
  /** The id that somebody followed: one that was merged into this record, or its own. */
  readonly asked: string;
}

function RecordView({ entity, record, pending, asked }: RecordViewProps) {
  const desk = useDesk();
  const { screens } = useKit();
  const rights = rightsOn(entity, record, desk.me, desk.registry.roles);
  const own = screens[entity.name];
  // Of a confidential matter this is the first thing to know.
  const isConfidential = parseScope(record.scope)?.form === 'readers';
  const who = <ShareCard entity={entity} record={record} rights={rights} />;
  return (
    <Surface className="kit-page">
      <Head entity={entity} record={record} pending={pending} rights={rights} asked={asked} />
      <div className="kit-columns">
        <div className="kit-stack">
          {own?.panels.map((Panel, index) => (
            <Panel key={index} record={record} />
          ))}
          {!own && <Sections entity={entity} record={record} mayAdd={rights.append} />}
        </div>
        <div className="kit-stack">
          {isConfidential && who}
          {/* A panel is the work itself; what and when stands beside it in sight, not below it. */}
          {own && <Sections entity={entity} record={record} mayAdd={rights.append} />}
          {pointingTo(desk.registry, entity.name, own?.covers ?? []).map((pointing) => (
            <RelatedCard
              key={`${pointing.entity.name}.${pointing.field}`}
              {...pointing}
              to={record.id}
              mayAdd={record.withdrawn === undefined && record.merged === undefined}
            />
          ))}
          {!isConfidential && who}
          <HistoryCard entity={entity} record={record.id} />
        </div>
      </div>
    </Surface>
  );
}

interface HeadProps extends RecordViewProps {
  readonly rights: Rights;
}

function Head({ entity, record, pending, rights, asked }: HeadProps) {
  const { language, say, t } = useWords();
  const desk = useDesk();
  const { areaName, personName } = useKit();
  const number = numberOf(entity, record.values);
  return (
    <header className="kit-head">
      <nav className="kit-row kit-muted kit-small">
        {entity.place === 'related' ? (
          say(entity.label)
        ) : (
          <Link to={listPath(entity.name)}>{say(entity.label)}</Link>
        )}
        <span aria-hidden>·</span>
        <span>{areaName(record.area)}</span>
        {number && (
          <>
            <span aria-hidden>·</span>
            <span>
              {number.official === undefined
                ? `${t('record.temporary')} ${number.temporary}`
                : number.official}
            </span>
          </>
        )}
        <span aria-hidden>·</span>
        <StandingWords standing={pending > 0 ? 'pending' : 'confirmed'} />
      </nav>
      <div className="kit-spread">
        <h1 style={{ flex: '1 1 20rem' }}>{titleOf(entity, record.values)}</h1>
        <RecordActions entity={entity} record={record} rights={rights} />
      </div>
      <StageLine entity={entity} record={record} />
      <DuplicateNotices entity={entity} record={record} asked={asked} mayMerge={rights.merge} />
      {record.withdrawn === undefined && <DueChips entity={entity} values={record.values} />}
      {!mayReadRecord(desk.me, record, desk.registry.roles) && (
        <Alert
          type="info"
          showIcon
          title={t('record.leaving', { where: areaName(record.area) })}
          description={t('record.leavingHint')}
        />
      )}
      {record.withdrawn && (
        <Alert
          type="warning"
          showIcon
          title={t('record.withdrawn')}
          description={t('record.withdrawnBy', {
            who: personName(record.withdrawn.by),
            when: timeAgo(record.withdrawn.at, desk.now(), language),
          })}
        />
      )}
      {rights.isClosed && record.withdrawn === undefined && (
        <p className="kit-muted kit-small">{t('record.closed')}</p>
      )}
      <ConflictNotice count={Object.keys(record.conflicts ?? {}).length} />
    </header>
  );
}

function ConflictNotice({ count }: { readonly count: number }) {
  const { t } = useWords();
  const navigate = useNavigate();
  if (count === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('record.conflict', { n: count })}
      description={t('record.conflictHint')}
      action={
        <Button size="small" onClick={() => void navigate(trayPath)}>
          {t('record.toTray')}
        </Button>
      }
    />
  );
}

interface SectionsProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly mayAdd: boolean;
}

/** The declared parts in order; a log stands where its section names it. Parts without a word are named in one line at the end. */
function Sections({ entity, record, mayAdd }: SectionsProps) {
  const { language, say, t } = useWords();
  const fields = entity.fields as Fields;
  // Who reads a confidential matter stands in a card of its own.
  const readers = 'readers' in entity.scope ? entity.scope.readers : undefined;
  const parts = [
    ...entity.sections,
    ...formSections(entity).filter((section) => section.label === undefined),
  ].map((section) => ({
    ...section,
    facts: section.fields.filter((name) => name !== readers && isFact(fields[name])),
  }));
  const isEmpty = (names: readonly string[]): boolean => names.every((name) => isAbsent(record.values[name]));
  const empty = parts.flatMap(({ label, facts }) =>
    label && facts.length > 0 && isEmpty(facts) ? [say(label)] : [],
  );
  return (
    <>
      {parts.map((section, index) => (
        <Fragment key={index}>
          {!isEmpty(section.facts) && (
            <Card {...(section.label && { title: say(section.label) })}>
              <Facts fields={fields} names={section.facts} values={record.values} listsEmpty />
            </Card>
          )}
          {section.fields.map((name) => {
            const field = fields[name];
            return field?.kind === 'entries' ? (
              <EntriesCard
                key={name}
                entity={entity}
                record={record.id}
                name={name}
                field={field}
                entries={(record.values[name] ?? []) as readonly Entry[]}
                mayAdd={mayAdd}
              />
            ) : null;
          })}
        </Fragment>
      ))}
      {empty.length > 0 && (
        <p className="kit-muted kit-small">
          {t('record.emptyParts', { parts: empty.join(language === 'zh' ? '、' : ', ') })}
        </p>
      )}
    </>
  );
}

const isFact = (field: AnyField | undefined): boolean =>
  field !== undefined &&
  field.kind !== 'entries' &&
  field.kind !== 'stages' &&
  field.kind !== 'officialNumber';
