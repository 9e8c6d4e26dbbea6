/** Runs a command on what the person was looking at, and says how it went. */
import { App } from 'antd';
import { useState } from 'react';
import type { Command } from '../../../shared/core/command.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import type { Opened } from '../../core/desk.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';

export function useRun(): {
  readonly isBusy: boolean;
  readonly run: (command: Command, opened: Opened, done: TextKey) => Promise<void>;
} {
  const desk = useDesk();
  const { t, language } = useTexts();
  const { message } = App.useApp();
  const [isBusy, setIsBusy] = useState(false);
  const run = async (command: Command, opened: Opened, done: TextKey): Promise<void> => {
    setIsBusy(true);
    const result = await desk.run(command, { opened }).finally(() => setIsBusy(false));
    if (result.ok) void message.success(t(done));
    else void message.error(t('tray.failed', { reason: refusalSentence(result.error, language) }));
  };
  return { isBusy, run };
}
