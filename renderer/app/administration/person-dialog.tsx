/** A new account, or the roles of one: which role, over which area and all that lies inside it. */
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { isWithin } from '../../../shared/core/access.ts';
import { useDesk } from '../../core/hooks.ts';
import { useKit } from '../../kit/ports.tsx';
import { Surface } from '../../kit/layout/surface.tsx';
import { useFocusBack } from '../../kit/layout/use-focus-back.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useMe } from '../use-me.ts';
import { grantsIn, type GrantLine, type KnownPerson } from './people-list.ts';
import { useCarry } from './use-administration.ts';

interface PersonDialogProps {
  /** Absent for a new one. */
  readonly person?: KnownPerson;
  readonly onClose: (changed?: 'changed') => void;
}

const EMPTY: GrantLine = { role: undefined, area: undefined };

export function PersonDialog({ person, onClose }: PersonDialogProps) {
  useFocusBack();
  const { t } = useTexts();
  const { message } = App.useApp();
  const carry = useCarry();
  const [name, setName] = useState(person?.name ?? '');
  const [lines, setLines] = useState<readonly GrantLine[]>(person?.grants ?? [EMPTY]);
  const [isBusy, setBusy] = useState(false);
  const grants = grantsIn(lines);
  const isReady = name.trim() !== '' && grants !== undefined;

  const save = async (): Promise<void> => {
    if (!isReady) return;
    setBusy(true);
    const sent = { grants: [...grants] };
    const done = person
      ? await carry('person.grants', { person: person.id, ...sent })
      : await carry('person.add', { name: name.trim(), ...sent });
    setBusy(false);
    if (!done) return;
    void message.success(
      t(person ? 'administration.people.changed' : 'administration.people.added', { name: name.trim() }),
    );
    onClose('changed');
  };
  const change = (index: number, line: GrantLine): void =>
    setLines(lines.map((known, at) => (at === index ? line : known)));
  return (
    <Modal
      open
      title={
        person
          ? t('administration.people.changeTitle', { name: person.name })
          : t('administration.people.add')
      }
      okText={t('administration.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !isReady, loading: isBusy }}
      onOk={() => void save()}
      onCancel={() => onClose()}
      width="min(44rem, 94vw)"
      mask={{ closable: false }}
    >
      <Surface className="kit-dialog kit-stack">
        {!person && (
          <div className="kit-field">
            <label className="kit-label" htmlFor="account-name">
              {t('administration.people.name')}
            </label>
            <Input
              id="account-name"
              autoFocus
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </div>
        )}
        <div role="group" aria-label={t('administration.people.grants')} className="administration-grants">
          {lines.map((line, index) => (
            <Line
              key={index}
              line={line}
              place={index + 1}
              onChange={(changed) => change(index, changed)}
              {...(lines.length > 1 && {
                onRemove: () => setLines(lines.filter((_, at) => at !== index)),
              })}
            />
          ))}
          <Button icon={<PlusOutlined />} onClick={() => setLines([...lines, EMPTY])}>
            {t('administration.people.addGrant')}
          </Button>
        </div>
        <p className="kit-muted kit-small">{t('administration.people.grantsHint')}</p>
      </Surface>
    </Modal>
  );
}

interface LineProps {
  readonly line: GrantLine;
  readonly place: number;
  readonly onChange: (line: GrantLine) => void;
  readonly onRemove?: () => void;
}

function Line({ line, place, onChange, onRemove }: LineProps) {
  const { t, say } = useTexts();
  const { registry } = useDesk();
  const kit = useKit();
  const me = useMe();
  const own = me.grants.filter(({ role }) => registry.roles[role]?.administers).map(({ area }) => area);
  const areas = kit.areas().filter(({ code }) => own.some((around) => isWithin(code, around)));
  return (
    <div className="administration-grant">
      <Select
        aria-label={t('administration.people.roleOf', { place })}
        placeholder={t('administration.people.role')}
        value={line.role ?? null}
        options={Object.entries(registry.roles).map(([value, role]) => ({ value, label: say(role) }))}
        onChange={(role: string | null) => onChange({ ...line, role: role ?? undefined })}
      />
      <Select
        aria-label={t('administration.people.areaOf', { place })}
        placeholder={t('administration.people.area')}
        showSearch={{ optionFilterProp: 'label' }}
        value={line.area ?? null}
        options={areas.map(({ code, name }) => ({ value: code, label: name }))}
        onChange={(area: string | null) => onChange({ ...line, area: area ?? undefined })}
      />
      <Button
        type="text"
        icon={<DeleteOutlined />}
        disabled={onRemove === undefined}
        aria-label={t('administration.people.removeGrant', { place })}
        {...(onRemove && { onClick: onRemove })}
      />
    </div>
  );
}
