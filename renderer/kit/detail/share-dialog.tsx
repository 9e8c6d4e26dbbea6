/** With a colleague, or with everybody of another area who holds the same right. */
import { Segmented } from 'antd';
import { useState } from 'react';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import { kindOf } from '../../../shared/core/id.ts';
import type { SharedWith } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { parseScope } from '../../../shared/core/scope.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { RecordPicker } from '../form/controls/record-picker.tsx';
import { useKit } from '../ports.tsx';
import { useWords } from '../words.ts';
import { AreaChoice } from './area-choice.tsx';
import { HINT, RecordDialog } from './record-dialog.tsx';
import { otherAreas, sharesOf } from './who-sees.ts';

interface ShareDialogProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly onClose: () => void;
}

export function ShareDialog({ entity, record, onClose }: ShareDialogProps) {
  const { t } = useWords();
  const desk = useDesk();
  const kit = useKit();
  const tell = useTold();
  const [whom, setWhom] = useState<'person' | 'area'>('person');
  const [person, setPerson] = useState<Reference>();
  const [area, setArea] = useState<string>();
  const shared = sharesOf(record);
  const areas = otherAreas(kit.areas(), record.area).filter(
    ({ code }) => !shared.some((other) => 'area' in other && other.area === code),
  );
  // Only what is at home in an area has colleagues of the same right elsewhere.
  const mayArea = parseScope(record.scope)?.form === 'area';
  const other: SharedWith | undefined =
    whom === 'person' ? person && { person: person.id } : area === undefined ? undefined : { area };
  const without = new Set([desk.me.id, ...shared.flatMap((one) => ('person' in one ? [one.person] : []))]);
  return (
    <RecordDialog
      title={t('sharing.shareTitle')}
      hint={t('sharing.shareHint')}
      yes={t('sharing.share')}
      command={other && { kind: 'share', entity: entity.name, record: record.id, with: other }}
      onDone={(command) => tell(command, record)}
      onClose={onClose}
    >
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
            describedBy={HINT}
            isWrong={false}
            without={without}
            chosen={person}
            onPick={setPerson}
            mayRegister={false}
          />
        </div>
      ) : (
        <AreaChoice
          id="share-area"
          label={t('sharing.pickArea')}
          areas={areas}
          chosen={area}
          onChoose={setArea}
        >
          <p className="kit-muted kit-small">{t('sharing.pickAreaHint')}</p>
        </AreaChoice>
      )}
    </RecordDialog>
  );
}
