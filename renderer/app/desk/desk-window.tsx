/** The unlocked window: theme, texts of the UI library, the desk for everything below, and the frame with its pages. */
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useMemo } from 'react';
import { HashRouter } from 'react-router';
import { DeskProvider } from '../../core/hooks.ts';
import { KitProvider } from '../../kit/ports.tsx';
import { antdTheme } from '../../theme/antd-theme.ts';
import { useBridge } from '../bridge-context.ts';
import { Frame } from './frame.tsx';
import { kitPorts } from './kit-ports.ts';
import { lockNow } from './lock-now.ts';
import type { DeskWindowProps } from './window-props.ts';

const LOCALES = { zh: zhCN, en: enUS } as const;
const DAY_LOCALES = { zh: 'zh-cn', en: 'en' } as const;
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

export function DeskWindow({ desk, ...given }: DeskWindowProps) {
  const bridge = useBridge();
  const { language, textSize, theme } = given.settings;
  const look = useMemo(() => antdTheme({ textSize, theme }), [textSize, theme]);
  const ports = useMemo(() => kitPorts(desk, bridge), [desk, bridge]);

  useEffect(() => {
    dayjs.locale(DAY_LOCALES[language]);
  }, [language]);

  useEffect(
    () =>
      bridge.listen((event) => {
        // The main process waits for the last words before it locks, and the page says when they are kept.
        if (event.kind === 'locking') void lockNow(desk, bridge);
      }),
    [desk, bridge],
  );

  return (
    <ConfigProvider
      theme={look}
      locale={LOCALES[language]}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
    >
      <AntApp component={false}>
        <DeskProvider value={desk}>
          <KitProvider value={ports}>
            <HashRouter>
              <Frame {...given} />
            </HashRouter>
          </KitProvider>
        </DeskProvider>
      </AntApp>
    </ConfigProvider>
  );
}
