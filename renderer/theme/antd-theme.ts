/** The tokens for the UI library. Sizes grow with the person's text size, since the library counts in pixels. */
import { theme as antd, type ThemeConfig } from 'antd';
import type { Settings } from '../../shared/bridge.ts';
import { fontFamily, palettes, radius, space, type } from './tokens.ts';

const LINE = 1.5;

/** Asked of the system by people whom movement makes dizzy. */
const wantsStillness = (): boolean =>
  typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;

export function antdTheme({ textSize, theme }: Pick<Settings, 'textSize' | 'theme'>): ThemeConfig {
  const colours = palettes[theme];
  const scale = (pixels: number): number => Math.round((pixels * textSize) / 100);
  return {
    algorithm: theme === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: colours.accent,
      colorLink: colours.accent,
      colorLinkHover: colours.accentStrong,
      colorLinkActive: colours.accentStrong,
      colorInfo: colours.accent,
      colorError: colours.danger,
      colorWarning: colours.care,
      colorSuccess: colours.done,
      colorText: colours.ink,
      colorTextSecondary: colours.inkSoft,
      colorTextTertiary: colours.inkFaint,
      colorTextDescription: colours.inkSoft,
      colorTextPlaceholder: colours.inkFaint,
      colorBgLayout: colours.paper,
      colorBgContainer: colours.panel,
      colorBgElevated: colours.panel,
      colorBorder: colours.edge,
      colorBorderSecondary: colours.line,
      colorTextLightSolid: colours.onAccent,
      // Tints are chosen; those that the library derives come out grey.
      colorPrimaryBg: colours.accentTint,
      colorInfoBg: colours.accentTint,
      colorWarningBg: colours.careTint,
      colorErrorBg: colours.dangerTint,
      colorSuccessBg: colours.doneTint,
      colorPrimaryHover: colours.accentStrong,
      colorPrimaryActive: colours.accentStrong,
      colorFillQuaternary: colours.paper,
      colorFillTertiary: colours.shade,
      colorFillSecondary: colours.shade,
      colorBgTextHover: colours.shade,
      colorBgTextActive: colours.line,
      colorBgContainerDisabled: colours.shade,
      controlItemBgHover: colours.shade,
      controlItemBgActive: colours.accentTint,
      controlItemBgActiveHover: colours.accentTint,
      controlOutline: `${colours.accent}33`,
      colorErrorOutline: `${colours.danger}26`,
      colorWarningOutline: `${colours.care}26`,
      fontFamily,
      fontSize: scale(type.body),
      fontSizeSM: scale(type.small),
      fontSizeLG: scale(type.large),
      // The library would set lines closer the larger the text, and cut the tails of letters.
      lineHeight: LINE,
      lineHeightSM: LINE,
      lineHeightLG: LINE,
      fontSizeHeading1: scale(type.display),
      fontSizeHeading2: scale(type.title),
      fontSizeHeading3: scale(type.large),
      controlHeight: scale(36),
      controlHeightSM: scale(30),
      controlHeightLG: scale(44),
      padding: scale(space[4]),
      paddingSM: scale(space[3]),
      paddingLG: scale(space[5]),
      margin: scale(space[4]),
      marginSM: scale(space[3]),
      marginLG: scale(space[5]),
      borderRadius: radius.small,
      borderRadiusLG: radius.medium,
      controlOutlineWidth: 3,
      wireframe: false,
      // The library moves by script what the style sheet cannot hold still.
      motion: !wantsStillness(),
    },
    components: {
      Table: {
        headerBg: colours.shade,
        headerColor: colours.inkSoft,
        headerSortActiveBg: colours.shade,
        headerSortHoverBg: colours.line,
        bodySortBg: colours.panel,
        rowHoverBg: colours.paper,
        borderColor: colours.line,
      },
      Card: { headerFontSize: scale(type.large) },
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Segmented: { itemSelectedBg: colours.panel, trackBg: colours.shade },
      Tooltip: { colorTextLightSolid: '#ffffff' },
    },
  };
}
