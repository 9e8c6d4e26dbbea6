/** One field that two people wrote unseen: what it was, what is in force, and every other text, side by side. One click settles it. */
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import type { AnyField } from '../../../shared/core/field/field.ts';
import { lastWriter, type RecordState, type Writer } from '../../../shared/core/record.ts';
import { useDesk } from '../../core/hooks.ts';
import { useKit } from '../../kit/ports.tsx';
import { recordPath } from '../../kit/paths.ts';
import { ValueView } from '../../kit/value/value-view.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { showMoment } from '../times.ts';
import { settleWith } from './settle.ts';
import { useRun } from './use-run.ts';

interface ConflictCardProps {
  readonly record: RecordState;
  readonly field: string;
}

export function ConflictCard({ record, field: name }: ConflictCardProps) {
  const { t, say } = useTexts();
  const desk = useDesk();
  const { isBusy, run } = useRun();
  const entity = desk.registry.entities.get(record.entity);
  const field = entity?.fields[name] as AnyField | undefined;
  // As it was when these texts were shown: one that arrives while the person reads stays to be chosen.
  const opened = useMemo(() => desk.open(record.id), [desk, record]);
  const [merged, setMerged] = useState<string>();
  const conflict = record.conflicts?.[name];
  if (!entity || !field || !conflict) return null;

  const take = (value: unknown): void => void run(settleWith(record, name, value), opened, 'tray.settled');
  const texts = [record.values[name], ...conflict.rivals.map(({ value }) => value)];
  return (
    <article className="tray-card" aria-label={`${entity.title(record.values)} · ${say(field.label)}`}>
      <header>
        <h3>
          <Link to={recordPath(record.id)}>{entity.title(record.values)}</Link>
          <span className="home-sub">
            {say(entity.label)} · {say(field.label)}
          </span>
        </h3>
        {field.kind === 'text' && merged === undefined && (
          <Button
            type="link"
            onClick={() =>
              setMerged(
                [...new Set(texts.map((value) => String(value ?? '')))]
                  .filter(Boolean)
                  .join(field.multiline ? '\n' : '；'),
              )
            }
          >
            {t('tray.merge')}
          </Button>
        )}
      </header>
      <div className="tray-versions">
        <Version title={t('tray.was')} field={field} value={conflict.base} isPast />
        <Version
          title={t('tray.current')}
          field={field}
          value={record.values[name]}
          writer={lastWriter(record, name)}
        >
          <Button disabled={isBusy} onClick={() => take(record.values[name])}>
            {t('tray.keep')}
          </Button>
        </Version>
        {conflict.rivals.map(({ value, writer }) => (
          <Version key={writer.operation} title={t('tray.other')} field={field} value={value} writer={writer}>
            <Button disabled={isBusy} onClick={() => take(value)}>
              {t('tray.adopt')}
            </Button>
          </Version>
        ))}
      </div>
      {merged !== undefined && (
        <div className="tray-merge">
          <label htmlFor={`merge-${record.id}-${name}`}>{t('tray.mergeLabel')}</label>
          <Input.TextArea
            id={`merge-${record.id}-${name}`}
            autoSize={{ minRows: 3, maxRows: 10 }}
            value={merged}
            onChange={(event) => setMerged(event.target.value)}
          />
          <div className="tray-actions">
            <Button type="primary" disabled={isBusy || merged.trim() === ''} onClick={() => take(merged)}>
              {t('tray.mergeSave')}
            </Button>
            <Button onClick={() => setMerged(undefined)}>{t('common.cancel')}</Button>
          </div>
        </div>
      )}
    </article>
  );
}

interface VersionProps {
  readonly title: string;
  readonly field: AnyField;
  readonly value: unknown;
  readonly writer?: Writer;
  readonly isPast?: boolean;
  readonly children?: React.ReactNode;
}

function Version({ title, field, value, writer, isPast = false, children }: VersionProps) {
  const { t, language } = useTexts();
  const desk = useDesk();
  const { personName } = useKit();
  return (
    <section className="tray-version" data-past={isPast} aria-label={title}>
      <h4>{title}</h4>
      <div className="tray-value">
        {value === null || value === undefined ? (
          <span className="home-sub">{t('tray.nothing')}</span>
        ) : (
          <ValueView field={field} value={value} reveal />
        )}
      </div>
      {writer && (
        <p className="home-sub">
          {t('tray.by', {
            who: personName(writer.by) || t('common.person'),
            when: showMoment(writer.at, desk.now(), language),
          })}
          {writer.seq === null && ` · ${t('tray.notSent')}`}
        </p>
      )}
      {children}
    </section>
  );
}
