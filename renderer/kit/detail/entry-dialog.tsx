import { Modal } from 'antd';
import { useState } from 'react';
import { shanghaiMinute } from '../../../shared/core/calendar/day.ts';
import type { Command } from '../../../shared/core/command.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { fieldsWithin, type Fields } from '../../../shared/core/field/field.ts';
import type { EntriesField } from '../../../shared/core/field/rows.ts';
import { refuse } from '../../../shared/core/result.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { entryKey } from '../form/draft-key.ts';
import { DraftNotice } from '../form/draft-notice.tsx';
import { entryInitial, refusalInEntry } from '../form/entry-values.ts';
import { tidied } from '../form/form-values.ts';
import { useDraft } from '../form/use-draft.ts';
import { ValuesForm } from '../form/values-form.tsx';
import { Surface } from '../layout/surface.tsx';
import { useFocusBack } from '../layout/use-focus-back.ts';
import { useWords } from '../words.ts';

interface EntryDialogProps {
  readonly entity: AnyEntity;
  readonly record: string;
  /** The log's field. */
  readonly name: string;
  readonly field: EntriesField;
  readonly onClose: () => void;
}

/** One more entry of a log. It can only be added; a slip is corrected by another entry. */
export function EntryDialog(props: EntryDialogProps) {
  useFocusBack();
  const { say, t } = useWords();
  const [round, setRound] = useState(0);
  const title = t('record.addEntry', { what: say(props.field.one) });
  return (
    <Modal
      open
      title={title}
      footer={null}
      onCancel={props.onClose}
      destroyOnHidden
      width="min(50rem, 94vw)"
      mask={{ closable: false }}
    >
      <EntryForm key={round} {...props} title={title} onAnew={() => setRound(round + 1)} />
    </Modal>
  );
}

interface EntryFormProps extends EntryDialogProps {
  readonly title: string;
  readonly onAnew: () => void;
}

function EntryForm({ entity, record, name, field, title, onClose, onAnew }: EntryFormProps) {
  const desk = useDesk();
  const tell = useTold();
  const fields: Fields = fieldsWithin(field);
  const draft = useDraft({ key: entryKey(record, name), entity: entity.name, record });
  const [initial] = useState(
    () => draft.restored?.values ?? entryInitial(fields, shanghaiMinute(desk.now())),
  );
  const save = async (values: Values) => {
    const command: Command = {
      kind: 'change',
      entity: entity.name,
      record,
      append: { [name]: tidied(fields, values) },
    };
    const outcome = await desk.run(command, { opened: draft.opened });
    if (!outcome.ok) return refuse(refusalInEntry(outcome.error, name));
    await draft.drop();
    tell(command, draft.opened.seen);
    onClose();
    return outcome;
  };
  return (
    <Surface className="kit-dialog">
      <ValuesForm
        fields={fields}
        names={Object.keys(fields)}
        initial={initial}
        title={title}
        onValues={draft.keep}
        onSubmit={save}
        onCancel={onClose}
        lead={<DraftNotice draft={draft} onAnew={onAnew} />}
      />
    </Surface>
  );
}
