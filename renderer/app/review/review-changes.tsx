/** What one operation would change: as its author wrote it, beside what the author saw and what is there now. */
import type { AnyField } from '../../../shared/core/field/field.ts';
import { showValue } from '../../../shared/core/format.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import { own } from '../../../shared/core/own.ts';
import { useDesk } from '../../core/hooks.ts';
import { useKit } from '../../kit/ports.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { operationWords } from '../sync/operation-words.ts';
import { operationLines } from '../tray/operation-lines.ts';

export function ReviewChanges({ operation }: { readonly operation: Operation }) {
  const texts = useTexts();
  const { t, language, say } = texts;
  const desk = useDesk();
  const kit = useKit();
  const entity = desk.registry.entities.get(operation.entity);
  const lines = operationLines(operation, entity, { code: 'access' }, { ...texts, ...kit });
  const now = desk.get(operation.record)?.record.values ?? {};
  const fields = Object.entries((entity?.fields ?? {}) as Record<string, AnyField>);
  const nameOf = (label: string): string | undefined =>
    fields.find(([, field]) => say(field.label) === label)?.[0];
  const shown = (name: string | undefined, value: unknown): string => {
    const field = name === undefined ? undefined : entity?.fields[name];
    return field && value !== undefined && value !== null
      ? showValue(field as AnyField, value, language)
      : '';
  };
  const told = operationWords(operation, desk, language);
  if (lines.length === 0) return <p>{t(told.key, told.values)}</p>;
  const isNew = operation.kind === 'create';
  return (
    <table className="review-changes">
      <caption className="only-heard">{t('review.what')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('review.field')}</th>
          {!isNew && <th scope="col">{t('review.was')}</th>}
          {!isNew && <th scope="col">{t('review.now')}</th>}
          <th scope="col">{t('review.theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ label, text }, index) => {
          const name = nameOf(label);
          return (
            <tr key={`${index} ${label}`}>
              <th scope="row">{label}</th>
              {/* What its author saw travels only with texts that two people may write: elsewhere nobody knows. */}
              {!isNew && <td>{shown(name, own(operation.was ?? {}, name ?? '')) || '—'}</td>}
              {!isNew && <td>{shown(name, own(now, name ?? '')) || t('tray.nothing')}</td>}
              <td>{text}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
