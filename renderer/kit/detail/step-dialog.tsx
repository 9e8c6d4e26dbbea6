/** One step of a procedure: asks for what the next stage needs, and says why it cannot be taken yet. */
import { Modal } from 'antd';
import { useState } from 'react';
import type { Command } from '../../../shared/core/command.ts';
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { stepKey } from '../form/draft-key.ts';
import { DraftNotice } from '../form/draft-notice.tsx';
import { changedValues, stepFields, withDerived } from '../form/form-values.ts';
import { useDraft } from '../form/use-draft.ts';
import { ValuesForm } from '../form/values-form.tsx';
import { Surface } from '../layout/surface.tsx';
import { useFocusBack } from '../layout/use-focus-back.ts';
import { useWords } from '../words.ts';

interface StepDialogProps {
  readonly entity: AnyEntity;
  readonly record: string;
  readonly to: string;
  readonly onClose: () => void;
}

export function StepDialog({ entity, record, to, onClose }: StepDialogProps) {
  useFocusBack();
  const { say, t } = useWords();
  const stage = stagesOf(entity)?.stages[to];
  const [round, setRound] = useState(0);
  if (!stage) return null;
  const title = t('record.stepTo', { what: say(stage) });
  return (
    <Modal
      open
      title={title}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
      width="min(46rem, 94vw)"
      mask={{ closable: false }}
    >
      <StepForm
        key={round}
        entity={entity}
        record={record}
        to={to}
        title={title}
        label={say(stage.step ?? stage)}
        onClose={onClose}
        onAnew={() => setRound(round + 1)}
      />
    </Modal>
  );
}

interface StepFormProps extends StepDialogProps {
  readonly title: string;
  readonly label: string;
  readonly onAnew: () => void;
}

function StepForm({ entity, record, to, title, label, onClose, onAnew }: StepFormProps) {
  const { say, t } = useWords();
  const desk = useDesk();
  const tell = useTold();
  const draft = useDraft({ key: stepKey(record, to), entity: entity.name, record });
  const [{ names, required }] = useState(() => stepFields(entity, to));
  const seen = draft.opened.seen?.values ?? {};
  const [initial] = useState<Values>(
    () => draft.restored?.values ?? Object.fromEntries(names.map((name) => [name, seen[name]])),
  );
  const obstacle = (values: Values): string | undefined => {
    const reason = stagesOf(entity)?.stages[to]?.guard?.({ ...seen, ...values });
    return reason && t('record.notYet', { what: say(reason) });
  };
  const save = async (values: Values) => {
    const written = changedValues(entity, seen, withDerived(entity, seen, { ...seen, ...values }, ''));
    const command: Command = { kind: 'advance', entity: entity.name, record, to, values: written };
    const outcome = await desk.run(command, { opened: draft.opened });
    if (!outcome.ok) return outcome;
    await draft.drop();
    tell(command, draft.opened.seen);
    onClose();
    return outcome;
  };
  return (
    <Surface className="kit-dialog">
      <ValuesForm
        fields={entity.fields as Fields}
        names={names}
        required={required}
        initial={initial}
        title={title}
        submitLabel={label}
        obstacle={obstacle}
        onValues={draft.keep}
        onSubmit={save}
        onCancel={onClose}
        lead={<DraftNotice draft={draft} onAnew={onAnew} />}
      />
    </Surface>
  );
}
