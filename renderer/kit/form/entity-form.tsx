/** The form of an entity, in its declared parts. What is saved and where it leads is the page's business. */
import { useCallback, useMemo, type ReactNode } from 'react';
import { shanghaiDay } from '../../../shared/core/calendar/day.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import type { Result } from '../../../shared/core/result.ts';
import { useDesk } from '../../core/hooks.ts';
import { LikeNotice } from '../duplicates/like-notice.tsx';
import { Card } from '../layout/card.tsx';
import { useWords } from '../words.ts';
import { FieldList } from './field-list.tsx';
import { FormFrame } from './form-frame.tsx';
import type { Problems } from './form-problems.ts';
import { formSections, withDerived } from './form-values.ts';
import type { KeptDraft } from './use-draft.ts';
import { useForm } from './use-form.ts';

export interface EntityFormProps {
  readonly entity: AnyEntity;
  readonly initial: Values;
  /** The values of the record that is changed; undefined for a new one. Fixed fields that it has stay as they are. */
  readonly before?: Values;
  readonly title: string;
  readonly onSubmit: (values: Values) => Promise<Result<unknown, Refusal>>;
  readonly onCancel: () => void;
  readonly draft?: KeptDraft;
  /** Problems marked from the start. */
  readonly marked?: Problems;
  readonly submitLabel?: string;
  /** Above the fields: the home area. */
  readonly lead?: ReactNode;
  readonly cannotSubmit?: boolean;
}

export function EntityForm({
  entity,
  initial,
  before,
  title,
  draft,
  marked,
  lead,
  ...frame
}: EntityFormProps) {
  const { say, t } = useWords();
  const desk = useDesk();
  const fields = entity.fields as Fields;
  const sections = useMemo(() => formSections(entity), [entity]);
  const names = useMemo(() => sections.flatMap((section) => section.fields), [sections]);
  const follow = useCallback(
    (was: Values, now: Values, changed: string) => withDerived(entity, was, now, changed),
    [entity],
  );
  const fixed = useMemo(
    () => new Set(names.filter((name) => fields[name]?.fixed && !isAbsent(before?.[name]))),
    [names, fields, before],
  );
  const form = useForm({
    fields,
    names,
    initial,
    today: shanghaiDay(desk.now()),
    follow,
    ...(marked && { marked }),
    ...(draft && { onValues: draft.keep }),
  });
  return (
    <FormFrame
      {...frame}
      form={form}
      names={names}
      title={title}
      {...(draft?.isKept && { note: t('form.draftSaved') })}
    >
      {(prefix) => (
        <>
          {lead}
          {!before && entity.duplicates && <LikeNotice entity={entity} values={form.values} />}
          {sections.map((section, index) => (
            <Card key={index} {...(section.label && { title: say(section.label) })}>
              <FieldList
                fields={fields}
                names={section.fields}
                values={form.values}
                problems={form.problems}
                onChange={form.set}
                onLeave={form.leave}
                prefix={prefix}
                disabled={fixed}
              />
            </Card>
          ))}
        </>
      )}
    </FormFrame>
  );
}
