/** A one-time code, large enough to be read out over the telephone, and how long it still works. */
import { Button, Modal, Radio } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useDesk } from '../../core/hooks.ts';
import { focusFirstIn } from '../../kit/form/focus.ts';
import { Surface } from '../../kit/layout/surface.tsx';
import { useFocusBack } from '../../kit/layout/use-focus-back.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { remaining, type KnownPerson } from './people-list.ts';
import { useAsked, useCarry } from './use-administration.ts';

interface CodeDialogProps {
  readonly person: KnownPerson;
  readonly onClose: () => void;
}

interface Issued {
  readonly code: string;
  readonly expiresAt: string;
}

const NEW = '';

export function CodeDialog({ person, onClose }: CodeDialogProps) {
  useFocusBack();
  const { t } = useTexts();
  const carry = useCarry();
  const body = useRef<HTMLDivElement>(null);
  const { value } = useAsked('devices.list');
  const [device, setDevice] = useState(NEW);
  const [issued, setIssued] = useState<Issued>();
  const [isBusy, setBusy] = useState(false);
  const own = (value?.devices ?? []).filter(
    ({ people, revoked }) => !revoked && people.some(({ id }) => id === person.id),
  );
  const issue = async (): Promise<void> => {
    setBusy(true);
    setIssued(await carry('code.issue', { person: person.id, ...(device !== NEW && { device }) }));
    setBusy(false);
  };
  return (
    <Modal
      open
      title={t('administration.code.title', { name: person.name })}
      footer={null}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && focusFirstIn(body.current)}
      width="min(34rem, 94vw)"
    >
      <Surface ref={body} className="kit-dialog kit-stack">
        {issued ? (
          <Shown issued={issued} onAgain={() => void issue()} />
        ) : (
          <>
            <Radio.Group
              className="administration-choices"
              aria-label={t('administration.code.where')}
              value={device}
              onChange={({ target }) => setDevice(String(target.value))}
            >
              <Radio value={NEW}>
                {t('administration.code.new')}
                <p className="kit-muted kit-small">{t('administration.code.newHint')}</p>
              </Radio>
              {own.map(({ id, label }) => (
                <Radio key={id} value={id}>
                  {t('administration.code.back', { device: label })}
                  <p className="kit-muted kit-small">{t('administration.code.backHint')}</p>
                </Radio>
              ))}
            </Radio.Group>
            <div>
              <Button type="primary" loading={isBusy} onClick={() => void issue()}>
                {t('administration.code.issue')}
              </Button>
            </div>
          </>
        )}
      </Surface>
    </Modal>
  );
}

function Shown({ issued, onAgain }: { readonly issued: Issued; readonly onAgain: () => void }) {
  const { t } = useTexts();
  const desk = useDesk();
  const [now, setNow] = useState(() => desk.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(desk.now()), 1000);
    return () => clearInterval(timer);
  }, [desk]);
  const left = remaining(issued.expiresAt, now);
  const half = Math.ceil(issued.code.length / 2);
  const groups = [issued.code.slice(0, half), issued.code.slice(half)];
  return (
    <>
      <p
        className="administration-code"
        aria-label={[...issued.code].join(' ')}
        data-over={left === undefined}
      >
        {groups.map((group) => (
          <span key={group}>{group}</span>
        ))}
      </p>
      <p role="timer">
        {left === undefined ? t('administration.code.over') : t('administration.code.left', { left })}
      </p>
      <p className="kit-muted">{t('administration.code.tell')}</p>
      {left === undefined && (
        <div>
          <Button type="primary" onClick={onAgain}>
            {t('administration.code.again')}
          </Button>
        </div>
      )}
    </>
  );
}
