import { App } from 'antd';
import { useEffect } from 'react';
import { useDesk, useSync } from '../../core/hooks.ts';
import { useKit } from '../../kit/ports.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { leftWords } from './left-words.ts';

/** Says once, and until it is closed, what has left this computer because the rights to it were taken away. */
export function useLeftNotice(): void {
  const { t, language } = useTexts();
  const { registry } = useDesk();
  const { areaName } = useKit();
  const { left } = useSync();
  const { notification } = App.useApp();
  const names = (left ?? []).join(' ');
  useEffect(() => {
    const list = leftWords(names === '' ? [] : names.split(' '), { registry, areaName, language, t });
    if (list === undefined) return;
    notification.info({
      key: 'left',
      title: t('sync.left.title'),
      description: t('sync.left.hint', { list }),
      // Above, it would cover the lock.
      placement: 'bottomRight',
      duration: 0,
    });
  }, [names, registry, areaName, language, t, notification]);
}
