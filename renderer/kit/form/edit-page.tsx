import { App } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { ok } from '../../../shared/core/result.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { NotHere } from '../layout/not-here.tsx';
import { Surface } from '../layout/surface.tsx';
import { titleOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { editKey } from './draft-key.ts';
import { DraftNotice } from './draft-notice.tsx';
import { EntityForm } from './entity-form.tsx';
import { askedValues, change } from './form-values.ts';
import { OwnWords } from './own-words.tsx';
import { useDraft, type KeptDraft } from './use-draft.ts';

export function EditPage({ id }: { readonly id: string }) {
  const [round, setRound] = useState(0);
  return <Opened key={`${id} ${round}`} id={id} onAnew={() => setRound(round + 1)} />;
}

function Opened({ id, onAnew }: { readonly id: string; readonly onAnew: () => void }) {
  const { t } = useWords();
  const desk = useDesk();
  const [entityName] = useState(() => desk.get(id)?.record.entity ?? desk.draft(editKey(id))?.entity ?? '');
  const draft = useDraft({ key: editKey(id), entity: entityName, record: id });
  const entity = desk.registry.entities.get(entityName);
  const { seen } = draft.opened;
  if (entity && !seen && draft.restored) return <OwnWords entity={entity} draft={draft} />;
  if (!entity || !seen) return <NotHere title={t('record.missing')} hint={t('record.missingHint')} />;
  return <EditForm entity={entity} seen={seen} draft={draft} onAnew={onAnew} />;
}

interface EditFormProps {
  readonly entity: AnyEntity;
  /** The record as it was when the form was opened, not as it may have become since. */
  readonly seen: RecordState;
  readonly draft: KeptDraft;
  readonly onAnew: () => void;
}

function EditForm({ entity, seen, draft, onAnew }: EditFormProps) {
  const { t } = useWords();
  const desk = useDesk();
  const navigate = useNavigate();
  const tell = useTold();
  const { message } = App.useApp();
  const [initial] = useState(() => draft.restored?.values ?? askedValues(entity, seen.values));
  const title = t('form.edit', { what: titleOf(entity, seen.values) });

  const save = async (values: Values) => {
    const command = change(entity, seen.id, seen.values, values);
    if (!command) {
      await draft.drop();
      void message.info(t('form.unchanged'));
      void navigate(-1);
      return ok(undefined);
    }
    const outcome = await desk.run(command, { opened: draft.opened });
    if (!outcome.ok) return outcome;
    await draft.drop();
    tell(command, seen);
    void navigate(-1);
    return ok(outcome.value);
  };
  return (
    <Surface className="kit-page kit-stack">
      <h1 style={{ fontSize: '1.375rem', fontWeight: 600 }}>{title}</h1>
      <DraftNotice draft={draft} onAnew={onAnew} />
      <EntityForm
        entity={entity}
        initial={initial}
        before={seen.values}
        title={title}
        draft={draft}
        onSubmit={save}
        onCancel={() => void navigate(-1)}
      />
    </Surface>
  );
}
