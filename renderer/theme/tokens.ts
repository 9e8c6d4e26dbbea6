/**
 * The look in numbers: one spacing scale, one type scale, few colours. theme.css says the same to the pages that load no UI library
 * (lock, enrolment); a test holds the two together. Warm paper, bamboo green for what can be done, and colour beyond it only for
 * meaning: vermilion overdue or refused, amber soon or care, moss done.
 */
export interface Palette {
  readonly paper: string;
  readonly panel: string;
  readonly shade: string;
  readonly line: string;
  /** Around what can be typed into or pressed: 3 : 1 against the panel. */
  readonly edge: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly inkFaint: string;
  readonly accent: string;
  readonly accentStrong: string;
  readonly accentTint: string;
  readonly onAccent: string;
  readonly danger: string;
  readonly dangerTint: string;
  readonly care: string;
  readonly careTint: string;
  readonly done: string;
  readonly doneTint: string;
}

export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    paper: '#faf8f4',
    panel: '#ffffff',
    shade: '#f2eee6',
    line: '#e6e0d5',
    edge: '#9a9082',
    ink: '#26231f',
    inkSoft: '#5c564d',
    inkFaint: '#6e675c',
    accent: '#1f6b59',
    accentStrong: '#175345',
    accentTint: '#e4f0eb',
    onAccent: '#ffffff',
    danger: '#b3361f',
    dangerTint: '#fbebe7',
    care: '#8a5300',
    careTint: '#fbf0dc',
    done: '#4c6b2f',
    doneTint: '#edf3e4',
  },
  dark: {
    paper: '#1b1a18',
    panel: '#242320',
    shade: '#2e2c28',
    line: '#3d3a35',
    edge: '#7d766b',
    ink: '#f0ebe3',
    inkSoft: '#c3bcb0',
    inkFaint: '#a39c90',
    accent: '#6cc3a8',
    accentStrong: '#8fd6bf',
    accentTint: '#23392f',
    onAccent: '#10241d',
    danger: '#f09480',
    dangerTint: '#43241d',
    care: '#e8b565',
    careTint: '#3d2f17',
    done: '#a9c98a',
    doneTint: '#2b3620',
  },
};

/** Pixels at 100 %. */
export const space = { 1: 4, 2: 8, 3: 12, 4: 16, 5: 24, 6: 32, 7: 48 } as const;
export const type = { small: 13, body: 15, large: 17, title: 20, display: 26 } as const;
export const radius = { small: 6, medium: 10 } as const;

export const fontFamily =
  "'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', system-ui, sans-serif";
