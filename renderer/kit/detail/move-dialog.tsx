/** Gives a record to another area of the district; says beforehand where that takes it out of the own sight. */
import { Alert, App, Modal, Select } from 'antd';
import { useState } from 'react';
import { mayRead } from '../../../shared/core/access.ts';
import { homeScopeOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { useDesk } from '../../core/hooks.ts';
import { isOfLevel } from '../form/home-areas.ts';
import { Surface } from '../layout/surface.tsx';
import { useKit } from '../ports.tsx';
import { useWords } from '../words.ts';
import { otherAreas } from './who-sees.ts';

interface MoveDialogProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly onClose: () => void;
}

export function MoveDialog({ entity, record, onClose }: MoveDialogProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const { message } = App.useApp();
  const [area, setArea] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const areas = otherAreas(kit.areas(), record.area).filter(({ code }) => isOfLevel(entity, code));
  const home =
    area === undefined ? undefined : homeScopeOf(entity, { record: record.id, area, values: record.values });
  const isAway = home !== undefined && !mayRead(desk.me, home, desk.registry.roles);

  const move = async (): Promise<void> => {
    if (area === undefined) return;
    setBusy(true);
    const outcome = await desk.run({ kind: 'move', entity: entity.name, record: record.id, area });
    setBusy(false);
    if (!outcome.ok) return void message.error(refusalSentence(outcome.error, language));
    void message.success(t('sharing.moved', { where: kit.areaName(area) }));
    onClose();
  };
  return (
    <Modal
      open
      title={t('sharing.moveTitle')}
      okText={t('sharing.moveYes')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: area === undefined, loading: isBusy }}
      onOk={() => void move()}
      onCancel={onClose}
      destroyOnHidden
      width="min(34rem, 94vw)"
    >
      <Surface className="kit-dialog kit-stack">
        <p className="kit-muted">{t('sharing.moveHint')}</p>
        <div className="kit-field">
          <label className="kit-label" htmlFor="move-area">
            {t('sharing.moveTo')}
          </label>
          <Select
            id="move-area"
            value={area ?? null}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('form.choose')}
            notFoundContent={t('sharing.nowhere')}
            options={areas.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code: string | null) => setArea(code ?? undefined)}
          />
        </div>
        {isAway && <Alert type="warning" showIcon title={t('sharing.moveAway')} />}
      </Surface>
    </Modal>
  );
}
