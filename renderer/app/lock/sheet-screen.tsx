/** The recovery sheet's words open the keys once, without a network; a new PIN takes the forgotten one's place. */
import { useState } from 'react';
import type { BridgeOutput, Session } from '../../../shared/bridge.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { DoorForm } from '../door/door-form.tsx';
import { DoorFrame } from '../door/door-frame.tsx';
import { NewSecretFields, useNewSecret } from '../door/new-secret.tsx';
import { TextInput } from '../door/text-input.tsx';
import { useAsking } from '../door/use-asking.ts';

interface SheetScreenProps {
  readonly door: BridgeOutput<'door.state'>;
  readonly person: { readonly id: string; readonly name: string };
  readonly onOpened: (session: Session) => void;
  readonly onBack: () => void;
}

export function SheetScreen({ door, person, onOpened, onBack }: SheetScreenProps) {
  const { t } = useTexts();
  const [words, setWords] = useState('');
  const fresh = useNewSecret(door.keyStore);
  const { isBusy, problem, setProblem, wait } = useAsking();
  const bridge = useBridge();
  const open = async (): Promise<void> => {
    if (words.trim() === '') return setProblem('door.needSheet');
    if (fresh.problem) return setProblem(fresh.problem);
    const opened = await wait(
      bridge.ask('door.useSheet', {
        person: person.id,
        words: words.normalize('NFKC').trim(),
        passphrase: fresh.secret,
      }),
    );
    if (opened) onOpened(opened.value);
  };
  return (
    <DoorFrame title={t('door.sheetTitle')} lead={t('door.sheetLead', { name: person.name })}>
      <DoorForm
        problem={problem}
        isBusy={isBusy}
        submit="door.comeBack"
        busy="door.comingBack"
        onSubmit={open}
        onBack={onBack}
      >
        <TextInput
          label={t('door.sheetWords')}
          hint={t('door.sheetWordsHint')}
          value={words}
          onChange={setWords}
          kind="words"
          focus
        />
        <NewSecretFields {...fresh} />
      </DoorForm>
    </DoorFrame>
  );
}
