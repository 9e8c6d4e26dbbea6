/** The fields in which two records differ, with one choice for each: by mouse, or by arrow keys within a line. */
import type { ReactNode } from 'react';
import { isAbsent } from '../../../shared/core/field/base.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { useDesk } from '../../core/hooks.ts';
import { useKit } from '../ports.tsx';
import { timeAgo } from '../value/time-words.ts';
import { ValueView } from '../value/value-view.tsx';
import { useWords } from '../words.ts';
import type { Choice, Line } from './lines.ts';

interface CompareTableProps {
  readonly pair: readonly [RecordState, RecordState];
  readonly lines: readonly Line[];
  readonly picked: Readonly<Record<string, number>>;
  readonly onPick: (name: string, place: number) => void;
  readonly head: (record: RecordState) => ReactNode;
}

export function CompareTable({ pair, lines, picked, onPick, head }: CompareTableProps) {
  const { say, t } = useWords();
  return (
    <table className="compare">
      <thead>
        <tr>
          <td />
          {pair.map((record) => (
            <th key={record.id} scope="col">
              {head(record)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, field, choices, initial }) => {
          const chosen = picked[name] ?? initial;
          const option = (choice: Choice) => (
            <Option
              key={choices.indexOf(choice)}
              line={name}
              label={say(field.label)}
              choice={choice}
              isChosen={choices.indexOf(choice) === chosen}
              onChoose={() => onPick(name, choices.indexOf(choice))}
            >
              {isAbsent(choice.value) ? (
                <span className="kit-muted">{t('duplicates.nothing')}</span>
              ) : (
                <ValueView field={field} value={choice.value} reveal />
              )}
            </Option>
          );
          const together = choices.filter(({ of }) => of === 'both');
          return [
            <tr key={name}>
              <th scope="row" rowSpan={together.length > 0 ? 2 : 1}>
                {say(field.label)}
              </th>
              {pair.map(({ id }) => (
                <td key={id}>{choices.filter(({ of }) => of === id).map(option)}</td>
              ))}
            </tr>,
            together.length > 0 && (
              <tr key={`${name} both`}>
                <td colSpan={2}>{together.map(option)}</td>
              </tr>
            ),
          ];
        })}
      </tbody>
    </table>
  );
}

interface OptionProps {
  readonly line: string;
  readonly label: string;
  readonly choice: Choice;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Option({ line, label, choice, isChosen, onChoose, children }: OptionProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  const { personName } = useKit();
  const { of, writer, isRival } = choice;
  return (
    <label className="compare-option" data-chosen={isChosen}>
      <input
        type="radio"
        name={`compare-${line}`}
        aria-label={of === 'both' ? `${label} · ${t('duplicates.together')}` : undefined}
        checked={isChosen}
        onChange={onChoose}
      />
      <span>
        {of === 'both' && <span className="kit-muted kit-small">{t('duplicates.together')} </span>}
        {children}
        {writer && !isAbsent(choice.value) && (
          <span className="kit-muted kit-small compare-by">
            {personName(writer.by)} · {timeAgo(writer.at, desk.now(), language)}
            {isRival && ` · ${t('duplicates.rival')}`}
          </span>
        )}
      </span>
    </label>
  );
}
