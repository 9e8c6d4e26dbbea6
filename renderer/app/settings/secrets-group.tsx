/** What opens the desk, and the ways back when it is forgotten. */
import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Choice, Group } from './group.tsx';
import { PasswordDialog } from './password-dialog.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { SheetDialog } from './sheet-dialog.tsx';

interface SecretsGroupProps {
  readonly keyStore: boolean;
  readonly hasSheet: boolean;
  readonly onSheet: () => void;
}

export function SecretsGroup({ keyStore, hasSheet, onSheet }: SecretsGroupProps) {
  const { t } = useTexts();
  const [open, setOpen] = useState<'pin' | 'sheet' | 'password'>();
  const close = (): void => setOpen(undefined);
  return (
    <Group title={t('settings.secrets')}>
      <Choice
        label={t(keyStore ? 'settings.pin' : 'settings.passphrase')}
        note={<p className="home-sub">{t('settings.pinNote')}</p>}
      >
        {(id) => (
          <Button aria-describedby={id} onClick={() => setOpen('pin')}>
            {t('settings.change')}
          </Button>
        )}
      </Choice>
      <Choice
        label={t('settings.sheet')}
        note={<p className="home-sub">{t(hasSheet ? 'settings.sheetThere' : 'settings.sheetNone')}</p>}
      >
        {(id) => (
          <Button aria-describedby={id} onClick={() => setOpen('sheet')}>
            {t(hasSheet ? 'settings.sheetAgain' : 'settings.sheetMake')}
          </Button>
        )}
      </Choice>
      <Choice label={t('settings.password')} note={<p className="home-sub">{t('settings.passwordNote')}</p>}>
        {(id) => (
          <Button aria-describedby={id} onClick={() => setOpen('password')}>
            {t('settings.passwordSet')}
          </Button>
        )}
      </Choice>
      {open === 'pin' && <PinDialog keyStore={keyStore} onClose={close} />}
      {open === 'sheet' && <SheetDialog onMade={onSheet} onClose={close} />}
      {open === 'password' && <PasswordDialog onClose={close} />}
    </Group>
  );
}
