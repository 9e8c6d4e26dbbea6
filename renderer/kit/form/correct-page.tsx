import { Alert, App } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import type { TrayItem } from '../../core/desk.ts';
import { useDesk, useTray } from '../../core/hooks.ts';
import { NotHere } from '../layout/not-here.tsx';
import { Surface } from '../layout/surface.tsx';
import { nameOf, titleOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { correctKey } from './draft-key.ts';
import { CorrectionForm } from './correction-form.tsx';
import { correctedValues, correctionOf } from './correction.ts';
import { useDraft } from './use-draft.ts';

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
  return (
    <Surface className="kit-page kit-stack">
      <h1 style={{ fontSize: '1.375rem', fontWeight: 600 }}>{title}</h1>
      <Alert
        type="warning"
        showIcon
        title={refusalSentence(item.reason, language)}
        description={t('form.correctHint')}
      />
      <CorrectionForm
        {...{ entity, correction, initial, title, draft }}
        reason={item.reason}
        before={item.record?.values}
        submitLabel={t('form.send')}
        onSubmit={send}
        onCancel={leave}
      />
    </Surface>
  );
}
