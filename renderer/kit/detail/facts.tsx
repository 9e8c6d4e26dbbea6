import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import type { AnyField, Fields } from '../../../shared/core/field/field.ts';
import { ValueView } from '../value/value-view.tsx';
import { useWords } from '../words.ts';

interface FactsProps {
  readonly fields: Fields;
  readonly names: readonly string[];
  readonly values: Values;
  /** Names the empty ones in one quiet line instead of a wall of dashes. */
  readonly listsEmpty?: boolean;
}

const isWide = (field: AnyField, value: unknown): boolean =>
  field.kind === 'rows' ||
  (field.kind === 'text' && (field.multiline || String(value).length > 40)) ||
  field.kind === 'references' ||
  field.kind === 'attachments';

/** Labels and values of a record's part. */
export function Facts({ fields, names, values, listsEmpty = false }: FactsProps) {
  const { language, say, t } = useWords();
  const known = names.flatMap((name) => (fields[name] ? [[name, fields[name]] as const] : []));
  const filled = known.filter(([name]) => !isAbsent(values[name]));
  const empty = known.filter(([name]) => isAbsent(values[name]));
  return (
    <>
      {filled.length > 0 && (
        <dl className="kit-facts">
          {filled.map(([name, field]) => (
            <div
              key={name}
              className={`kit-fact ${isWide(field, values[name]) ? 'kit-fact-wide' : ''}`.trim()}
            >
              <dt>{say(field.label)}</dt>
              <dd>
                <ValueView field={field} value={values[name]} reveal />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {listsEmpty && empty.length > 0 && (
        <p className="kit-empty-fields">
          {t('record.emptyFields', {
            fields: empty.map(([, field]) => say(field.label)).join(language === 'zh' ? '、' : ', '),
          })}
        </p>
      )}
    </>
  );
}
