/** With a colleague, or with everybody of another area who holds the same right. */
import { App, Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import { kindOf } from '../../../shared/core/id.ts';
import type { SharedWith } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { parseScope } from '../../../shared/core/scope.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { RecordPicker } from '../form/controls/record-picker.tsx';
import { Surface } from '../layout/surface.tsx';
import { useKit } from '../ports.tsx';
import { useWords } from '../words.ts';
import { otherAreas, sharesOf } from './who-sees.ts';

interface ShareDialogProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly onClose: () => void;
}

export function ShareDialog({ entity, record, onClose }: ShareDialogProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const tell = useTold();
  const { message } = App.useApp();
  const [whom, setWhom] = useState<'person' | 'area'>('person');
  const [person, setPerson] = useState<Reference>();
  const [area, setArea] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const shared = sharesOf(record);
  const areas = otherAreas(kit.areas(), record.area).filter(
    ({ code }) => !shared.some((other) => 'area' in other && other.area === code),
  );
  // Only what is at home in an area has colleagues of the same right elsewhere.
  const mayArea = parseScope(record.scope)?.form === 'area';
  const other: SharedWith | undefined =
    whom === 'person' ? person && { person: person.id } : area === undefined ? undefined : { area };

  const share = async (): Promise<void> => {
    if (!other) return;
    setBusy(true);
    const command = { kind: 'share', entity: entity.name, record: record.id, with: other } as const;
    const outcome = await desk.run(command);
    setBusy(false);
    if (!outcome.ok) return void message.error(refusalSentence(outcome.error, language));
    tell(command, record);
    onClose();
  };
  const without = new Set([desk.me.id, ...shared.flatMap((one) => ('person' in one ? [one.person] : []))]);
  return (
    <Modal
      open
      title={t('sharing.shareTitle')}
      okText={t('sharing.share')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: other === undefined, loading: isBusy }}
      onOk={() => void share()}
      onCancel={onClose}
      destroyOnHidden
      width="min(34rem, 94vw)"
    >
      <Surface className="kit-dialog kit-stack">
        <p className="kit-muted">{t('sharing.shareHint')}</p>
        {mayArea && (
          <Segmented
            value={whom}
            block
            options={[
              { value: 'person', label: t('sharing.withPerson') },
              { value: 'area', label: t('sharing.withArea') },
            ]}
            onChange={setWhom}
          />
        )}
        {whom === 'person' ? (
          <div className="kit-field">
            <label className="kit-label" htmlFor="share-person">
              {t('sharing.pickPerson')}
            </label>
            <RecordPicker
              entity={kindOf(desk.me.id) ?? ''}
              id="share-person"
              name={t('sharing.pickPerson')}
              describedBy="share-person-told"
              isWrong={false}
              without={without}
              chosen={person}
              onPick={setPerson}
              mayRegister={false}
            />
          </div>
        ) : (
          <div className="kit-field">
            <label className="kit-label" htmlFor="share-area">
              {t('sharing.pickArea')}
            </label>
            <Select
              id="share-area"
              value={area ?? null}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('form.choose')}
              notFoundContent={t('sharing.nowhere')}
              options={areas.map(({ code, name }) => ({ value: code, label: name }))}
              onChange={(code: string | null) => setArea(code ?? undefined)}
            />
            <p className="kit-muted kit-small">{t('sharing.pickAreaHint')}</p>
          </div>
        )}
      </Surface>
    </Modal>
  );
}
