/** A new recovery sheet: shown once, printed, and kept nowhere. Asks for the PIN, so that nobody makes one at an open desk. */
import { PrinterOutlined } from '@ant-design/icons';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { shanghaiDay } from '../../../shared/core/calendar/day.ts';
import { useDesk } from '../../core/hooks.ts';
import { useKit } from '../../kit/ports.tsx';
import { useFocusBack } from '../../kit/layout/use-focus-back.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { DoorForm } from '../door/door-form.tsx';
import { SecretField } from '../door/secret-field.tsx';
import { useAsking } from '../door/use-asking.ts';
import { groupsOf, sheetHtml } from './sheet-html.ts';

interface SheetDialogProps {
  readonly onMade: () => void;
  readonly onClose: () => void;
}

export function SheetDialog({ onMade, onClose }: SheetDialogProps) {
  useFocusBack();
  const { t } = useTexts();
  const bridge = useBridge();
  const [pin, setPin] = useState('');
  const [words, setWords] = useState<string>();
  const { isBusy, problem, setProblem, wait } = useAsking();
  const make = async (): Promise<void> => {
    if (pin === '') return setProblem('settings.needOld');
    const made = await wait(bridge.ask('door.makeSheet', { passphrase: pin }));
    if (!made) return;
    setPin('');
    setWords(made.value.words);
    onMade();
  };
  return (
    <Modal
      open
      title={t('settings.sheetTitle')}
      footer={null}
      onCancel={onClose}
      width="min(36rem, 94vw)"
      // One careless click beside it must not take away what is shown only once.
      mask={{ closable: words === undefined }}
      keyboard={words === undefined}
    >
      {words === undefined ? (
        <DoorForm
          problem={problem}
          isBusy={isBusy}
          submit="settings.sheetMake"
          busy="settings.sheetMaking"
          onSubmit={make}
        >
          <p>{t('settings.sheetLead')}</p>
          <SecretField label={t('door.enterPin')} value={pin} onChange={setPin} focus />
        </DoorForm>
      ) : (
        <Words words={words} onClose={onClose} />
      )}
    </Modal>
  );
}

function Words({ words, onClose }: { readonly words: string; readonly onClose: () => void }) {
  const { t } = useTexts();
  const kit = useKit();
  const desk = useDesk();
  const { message } = App.useApp();
  const [isPrinting, setPrinting] = useState(false);
  const print = async (): Promise<void> => {
    setPrinting(true);
    const html = sheetHtml({
      title: t('settings.sheetPaper'),
      name: desk.me.name,
      made: t('settings.sheetMade', { day: shanghaiDay(desk.now()) }),
      groups: groupsOf(words),
      advice: [t('settings.sheetAdvice'), t('settings.sheetUse'), t('settings.sheetVoid')],
    });
    await kit
      .print({ html, title: t('settings.sheetPaper') })
      .catch(() => message.error(t('settings.sheetNotPrinted')));
    setPrinting(false);
  };
  return (
    <div className="settings-sheet">
      <p className="door-groups settings-groups">
        {groupsOf(words).map((group) => (
          <span key={group}>{group}</span>
        ))}
      </p>
      <ul>
        <li>{t('settings.sheetOnce')}</li>
        <li>{t('settings.sheetAdvice')}</li>
        <li>{t('settings.sheetVoid')}</li>
      </ul>
      <div className="settings-foot">
        <Button type="primary" icon={<PrinterOutlined />} loading={isPrinting} onClick={() => void print()}>
          {t('settings.sheetPrint')}
        </Button>
        <Button onClick={onClose}>{t('settings.sheetDone')}</Button>
      </div>
    </div>
  );
}
