/** Two records side by side: which of the two says it right, field by field, and one of them in the end. Or two after all. */
import { Alert, App, Button, Tag } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { useDesk, useDuplicatesOf, useShown } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { Card } from '../layout/card.tsx';
import { NotHere } from '../layout/not-here.tsx';
import { Surface } from '../layout/surface.tsx';
import { recordPath } from '../paths.ts';
import { useKit } from '../ports.tsx';
import { nameOf, titleOf } from '../value/record-title.ts';
import { exactTime, timeAgo } from '../value/time-words.ts';
import { useWords } from '../words.ts';
import './compare.css';
import { CompareTable } from './compare-table.tsx';
import { compare, mergeCommands, undoCommands, valuesBefore } from './lines.ts';

export function ComparePage({ one, other }: { readonly one: string; readonly other: string }) {
  const { t } = useWords();
  const { registry } = useDesk();
  const [first, second] = [useShown(one)?.record, useShown(other)?.record];
  const entity = first && registry.entities.get(first.entity);
  if (!first || !second || !entity || second.entity !== first.entity)
    return <NotHere title={t('record.missing')} hint={t('record.missingHint')} />;
  if (first.id === second.id) return <Done entity={entity} record={first} />;
  // What somebody else has written meanwhile is looked at anew, with nothing picked before it was seen.
  const version = JSON.stringify(
    [first, second].map(({ seq, writers, conflicts }) => [seq, writers, conflicts]),
  );
  return <Comparing key={version} entity={entity} pair={[first, second]} />;
}

function Done({ entity, record }: { readonly entity: AnyEntity; readonly record: RecordState }) {
  const { t } = useWords();
  return (
    <Surface className="kit-page kit-stack">
      <h1 style={{ fontSize: '1.375rem', fontWeight: 600 }}>{titleOf(entity, record.values)}</h1>
      <Alert type="success" showIcon title={t('duplicates.areOne')} />
      <p>
        <Link to={recordPath(record.id)}>{t('duplicates.toRecord')}</Link>
      </p>
    </Surface>
  );
}

interface ComparingProps {
  readonly entity: AnyEntity;
  readonly pair: readonly [RecordState, RecordState];
}

function Comparing({ entity, pair }: ComparingProps) {
  const { language, say, t } = useWords();
  const desk = useDesk();
  const navigate = useNavigate();
  const tell = useTold();
  const { message } = App.useApp();
  const [one, other] = pair;
  const { differing, same } = useMemo(() => compare(entity, one, other), [entity, one, other]);
  const [picked, setPicked] = useState<Readonly<Record<string, number>>>({});
  const [stays, setStays] = useState(pair[0].id);
  const [isBusy, setBusy] = useState(false);
  const why = useDuplicatesOf(pair[0].id).find(({ records }) =>
    records.some(({ id }) => id === pair[1].id),
  )?.recognitions;
  const [kept, gone] = stays === pair[0].id ? pair : [pair[1], pair[0]];
  const fields = entity.fields as Fields;
  const fail = (error: Parameters<typeof refusalSentence>[0]): void => {
    const field = error.problems?.[0]?.field.split('.')[0];
    const label = field !== undefined && fields[field] ? `${say(fields[field].label)}：` : '';
    void message.error(label + refusalSentence(error, language));
  };

  const merge = async (): Promise<void> => {
    setBusy(true);
    const commands = mergeCommands({ entity, kept, gone, lines: differing, picked });
    const before = valuesBefore(commands, kept);
    const outcome = await desk.runAll(commands).finally(() => setBusy(false));
    if (!outcome.ok) {
      fail(outcome.error);
      return;
    }
    tell(commands.at(-1)!, gone, undoCommands(entity.name, kept.id, gone.id, before));
    void navigate(recordPath(kept.id), { replace: true });
  };
  const distinguish = async (): Promise<void> => {
    setBusy(true);
    const command = { kind: 'distinguish', entity: entity.name, record: gone.id, other: kept.id } as const;
    const outcome = await desk.run(command).finally(() => setBusy(false));
    if (!outcome.ok) {
      fail(outcome.error);
      return;
    }
    void message.success(t('duplicates.told'));
    void navigate(-1);
  };

  return (
    <Surface className="kit-page kit-stack">
      <h1 style={{ fontSize: '1.375rem', fontWeight: 600 }}>
        {t('duplicates.title', { what: nameOf(entity, language) })}
      </h1>
      <p className="kit-muted">{t('duplicates.lead')}</p>
      {why && (
        <div className="kit-row">
          {why.map(({ id, label, isCertain }) => (
            <Tag key={id} color={isCertain ? 'gold' : 'default'}>
              {say(label)}
            </Tag>
          ))}
        </div>
      )}
      <Card>
        <CompareTable
          pair={pair}
          lines={differing}
          picked={picked}
          onPick={(name, place) => setPicked({ ...picked, [name]: place })}
          head={(record) => (
            <Head key={record.id} entity={entity} record={record} stays={stays} onStay={setStays} />
          )}
        />
        {same.length > 0 && (
          <p className="kit-empty-fields">
            {t('duplicates.same', {
              fields: same.map((name) => say(fields[name]!.label)).join(language === 'zh' ? '、' : ', '),
            })}
          </p>
        )}
      </Card>
      <p className="kit-muted kit-small">{t('duplicates.hint')}</p>
      <div className="kit-row">
        {/* The likeliest answer is a key away: Enter merges, Tab leads to the other answers. */}
        <Button type="primary" autoFocus loading={isBusy} onClick={() => void merge()}>
          {t('duplicates.merge')}
        </Button>
        <Button disabled={isBusy} onClick={() => void distinguish()}>
          {t('duplicates.distinguish')}
        </Button>
        <Button type="text" onClick={() => void navigate(-1)}>
          {t('common.cancel')}
        </Button>
      </div>
    </Surface>
  );
}

interface HeadProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly stays: string;
  readonly onStay: (id: string) => void;
}

/** Who registered it, when and where; and whether this is the one that stays. */
function Head({ entity, record, stays, onStay }: HeadProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  const { areaName, personName } = useKit();
  const { by, at } = record.created;
  return (
    <>
      <Link to={recordPath(record.id)}>{titleOf(entity, record.values)}</Link>
      <div className="kit-muted kit-small" title={exactTime(at)}>
        {t('duplicates.registered', { who: personName(by), when: timeAgo(at, desk.now(), language) })} ·{' '}
        {areaName(record.area)}
      </div>
      <label className="kit-small compare-stays">
        <input
          type="radio"
          name="compare-stays"
          checked={stays === record.id}
          onChange={() => onStay(record.id)}
        />{' '}
        {t('duplicates.stays')}
      </label>
    </>
  );
}
