/** Gives a record to another area of the district; says beforehand where that takes it out of the own sight. */
import { Alert, App } from 'antd';
import { useState } from 'react';
import { mayRead } from '../../../shared/core/access.ts';
import { homeScopeOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { useDesk } from '../../core/hooks.ts';
import { isOfLevel } from '../form/home-areas.ts';
import { useKit } from '../ports.tsx';
import { useWords } from '../words.ts';
import { AreaChoice } from './area-choice.tsx';
import { RecordDialog } from './record-dialog.tsx';
import { otherAreas } from './who-sees.ts';

interface MoveDialogProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly onClose: () => void;
}

export function MoveDialog({ entity, record, onClose }: MoveDialogProps) {
  const { t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const { message } = App.useApp();
  const [area, setArea] = useState<string>();
  const home =
    area === undefined ? undefined : homeScopeOf(entity, { record: record.id, area, values: record.values });
  const isAway = home !== undefined && !mayRead(desk.me, home, desk.registry.roles);
  return (
    <RecordDialog
      title={t('sharing.moveTitle')}
      hint={t('sharing.moveHint')}
      yes={t('sharing.moveYes')}
      command={
        area === undefined ? undefined : { kind: 'move', entity: entity.name, record: record.id, area }
      }
      onDone={() => void message.success(t('sharing.moved', { where: kit.areaName(area ?? '') }))}
      onClose={onClose}
    >
      <AreaChoice
        id="move-area"
        label={t('sharing.moveTo')}
        areas={otherAreas(kit.areas(), record.area).filter(({ code }) => isOfLevel(entity, code))}
        chosen={area}
        onChoose={setArea}
      />
      {isAway && <Alert type="warning" showIcon title={t('sharing.moveAway')} />}
    </RecordDialog>
  );
}
