/** What somebody wrote and the district did not take, as the form that it was written with; what is wrong with it is marked. */
import { Button } from 'antd';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import type { Result } from '../../../shared/core/result.ts';
import { Card } from '../layout/card.tsx';
import { useWords } from '../words.ts';
import type { Correction } from './correction.ts';
import { EntityForm } from './entity-form.tsx';
import { refusalInEntry } from './entry-values.ts';
import { problemsOfRefusal } from './form-problems.ts';
import type { KeptDraft } from './use-draft.ts';
import { ValuesForm } from './values-form.tsx';

export interface CorrectionFormProps {
  readonly entity: AnyEntity;
  readonly correction: Correction;
  readonly initial: Values;
  /** The values of the record that it is about, where there is one. */
  readonly before: Values | undefined;
  readonly reason: Refusal;
  readonly draft?: KeptDraft;
  readonly title: string;
  readonly submitLabel: string;
  readonly onSubmit: (values: Values) => Promise<Result<unknown, Refusal>>;
  readonly onCancel: () => void;
}

export function CorrectionForm({
  entity,
  correction,
  initial,
  before,
  reason,
  draft,
  ...frame
}: CorrectionFormProps) {
  const { t } = useWords();
  const onValues = draft && { onValues: draft.keep };
  switch (correction.kind) {
    case 'whole':
      return (
        <EntityForm
          {...frame}
          entity={entity}
          initial={initial}
          {...(draft && { draft })}
          {...(before && { before })}
          marked={problemsOfRefusal(reason)}
        />
      );
    case 'step':
      return (
        <Card>
          <ValuesForm
            {...frame}
            {...onValues}
            fields={entity.fields as Fields}
            names={correction.names}
            required={correction.required}
            initial={initial}
            marked={problemsOfRefusal(reason)}
          />
        </Card>
      );
    case 'entry':
      return (
        <Card>
          <ValuesForm
            {...frame}
            {...onValues}
            fields={correction.fields}
            names={Object.keys(correction.fields)}
            initial={initial}
            marked={problemsOfRefusal(refusalInEntry(reason, correction.log))}
          />
        </Card>
      );
    case 'again':
      return (
        <div className="kit-row">
          <Button type="primary" onClick={() => void frame.onSubmit({})}>
            {frame.submitLabel}
          </Button>
          <Button onClick={frame.onCancel}>{t('common.cancel')}</Button>
        </div>
      );
  }
}
