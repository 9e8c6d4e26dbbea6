import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import type { TrayItem } from '../../core/desk.ts';
import { useDesk, useTray } from '../../core/hooks.ts';
import { Card } from '../layout/card.tsx';
import { NotHere } from '../layout/not-here.tsx';
import { Surface } from '../layout/surface.tsx';
import { nameOf, titleOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { correctKey } from './draft-key.ts';
import { correctedValues, correctionOf } from './correction.ts';
import { EntityForm } from './entity-form.tsx';
import { refusalInEntry } from './entry-values.ts';
import { problemsOfRefusal } from './form-problems.ts';
import { useDraft } from './use-draft.ts';
import { ValuesForm } from './values-form.tsx';

type Refused = Extract<TrayItem, { readonly kind: 'refused' | 'held' }>;

/** A refused operation with all that was written, to be corrected and sent anew together with what waited for it. */
export function CorrectPage({ operation }: { readonly operation: string }) {
  const { t } = useWords();
  const { registry } = useDesk();
  const tray = useTray();
  // Once opened it stays, also while its own correction takes it out of the tray.
  const [opened] = useState(() =>
    tray.find((item): item is Refused => 'operation' in item && item.operation.id === operation),
  );
  const entity = opened && registry.entities.get(opened.operation.entity);
  if (!opened || !entity) return <NotHere title={t('form.correctGone')} />;
  return <Correcting item={opened} entity={entity} />;
}

function Correcting({ item, entity }: { readonly item: Refused; readonly entity: AnyEntity }) {
  const { language, t } = useWords();
  const desk = useDesk();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const draft = useDraft({
    key: correctKey(item.operation.id),
    entity: entity.name,
    record: item.record?.id,
  });
  const [correction] = useState(() => correctionOf(item.operation, entity, item.record));
  const [initial] = useState(
    () => draft.restored?.values ?? (correction.kind === 'again' ? {} : correction.initial),
  );
  const what = item.record ? titleOf(entity, item.record.values) : nameOf(entity, language);
  const title = t('form.correct', { what });
  const leave = (): void => void navigate(-1);
  const send = async (values: Values) => {
    const outcome = await desk.correct(
      item.operation.id,
      correctedValues(correction, item.operation, entity, values),
    );
    if (outcome.ok) {
      await draft.drop();
      void message.success(t('form.saved'));
      leave();
    }
    return outcome;
  };
  const frame = { title, onSubmit: send, onCancel: leave, submitLabel: t('form.send') };
  return (
    <Surface className="kit-page kit-stack">
      <h1 style={{ fontSize: '1.375rem', fontWeight: 600 }}>{title}</h1>
      <Alert
        type="warning"
        showIcon
        title={refusalSentence(item.reason, language)}
        description={t('form.correctHint')}
      />
      {correction.kind === 'whole' && (
        <EntityForm
          {...frame}
          entity={entity}
          initial={initial}
          draft={draft}
          {...(item.record && { before: item.record.values })}
          marked={problemsOfRefusal(item.reason)}
        />
      )}
      {correction.kind === 'step' && (
        <Card>
          <ValuesForm
            {...frame}
            fields={entity.fields as Fields}
            names={correction.names}
            required={correction.required}
            initial={initial}
            onValues={draft.keep}
            marked={problemsOfRefusal(item.reason)}
          />
        </Card>
      )}
      {correction.kind === 'entry' && (
        <Card>
          <ValuesForm
            {...frame}
            fields={correction.fields}
            names={Object.keys(correction.fields)}
            initial={initial}
            onValues={draft.keep}
            marked={problemsOfRefusal(refusalInEntry(item.reason, correction.log))}
          />
        </Card>
      )}
      {correction.kind === 'again' && (
        <div className="kit-row">
          <Button type="primary" onClick={() => void send({})}>
            {t('form.send')}
          </Button>
          <Button onClick={leave}>{t('common.cancel')}</Button>
        </div>
      )}
    </Surface>
  );
}
