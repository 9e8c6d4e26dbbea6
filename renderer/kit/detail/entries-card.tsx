import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import { fieldsWithin, type Fields } from '../../../shared/core/field/field.ts';
import type { EntriesField, Entry } from '../../../shared/core/field/rows.ts';
import { showValue } from '../../../shared/core/format.ts';
import { useDesk } from '../../core/hooks.ts';
import { Card } from '../layout/card.tsx';
import { useKit } from '../ports.tsx';
import { exactTime, timeAgo } from '../value/time-words.ts';
import { useWords } from '../words.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { Facts } from './facts.tsx';

interface EntriesCardProps {
  readonly entity: AnyEntity;
  readonly record: string;
  readonly name: string;
  readonly field: EntriesField;
  readonly entries: readonly Entry[];
  readonly mayAdd: boolean;
}

/** A log as it grew, the latest first. */
export function EntriesCard({ entity, record, name, field, entries, mayAdd }: EntriesCardProps) {
  const { say, t } = useWords();
  const [isAdding, setAdding] = useState(false);
  const fields = fieldsWithin(field);
  return (
    <Card
      title={
        <>
          {say(field.label)}{' '}
          {entries.length > 0 && (
            <span className="kit-muted kit-small">{t('record.entries', { n: entries.length })}</span>
          )}
        </>
      }
      extra={
        mayAdd && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('record.addEntry', { what: say(field.one) })}
          </Button>
        )
      }
    >
      {entries.length === 0 ? (
        <p className="kit-muted">{t('record.noEntries')}</p>
      ) : (
        <ol className="kit-entries">
          {[...entries].reverse().map((entry) => (
            <EntryItem key={entry.id} entry={entry} fields={fields} />
          ))}
        </ol>
      )}
      {isAdding && (
        <EntryDialog
          entity={entity}
          record={record}
          name={name}
          field={field}
          onClose={() => setAdding(false)}
        />
      )}
    </Card>
  );
}

/** The moment of the entry leads where it has one; who wrote it down stands behind. */
function EntryItem({ entry, fields }: { readonly entry: Entry; readonly fields: Fields }) {
  const { language } = useWords();
  const desk = useDesk();
  const { personName } = useKit();
  const moment = momentOf(entry.values, fields);
  const momentField = moment === undefined ? undefined : fields[moment];
  return (
    <li className="kit-entry">
      <div className="kit-spread">
        <strong>
          {moment !== undefined && momentField
            ? showValue(momentField, entry.values[moment], language)
            : timeAgo(entry.at, desk.now(), language)}
        </strong>
        <span className="kit-muted kit-small" title={exactTime(entry.at)}>
          {personName(entry.by)} · {timeAgo(entry.at, desk.now(), language)}
        </span>
      </div>
      <Facts
        fields={fields}
        names={Object.keys(fields).filter((name) => name !== moment)}
        values={entry.values}
      />
    </li>
  );
}

const momentOf = (values: Values, fields: Fields): string | undefined =>
  Object.keys(fields).find(
    (name) => (fields[name]?.kind === 'dateTime' || fields[name]?.kind === 'date') && !isAbsent(values[name]),
  );
