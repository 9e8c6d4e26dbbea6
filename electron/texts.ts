/** The few words that the shell itself says; all others belong to the window. */
import type { Settings } from '../shared/bridge.ts';

const zh = {
  app: '邻里台账',
  about: '关于邻里台账',
  settings: '设置…',
  lock: '锁定',
  quit: '退出',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  view: '查看',
  home: '工作台',
  tray: '待处理',
  find: '查找…',
  textSize: '文字大小…',
  fullScreen: '全屏',
  help: '帮助',
  keys: '键盘操作',
  answerFile: '答复文件',
  brokenTitle: '邻里台账打不开',
  broken:
    '页面接连出错，已经先停下来。写过“已保存在本机”的内容都在。请重新打开程序；再不行请找管理员，并把日志文件夹交给他。',
};

const en: typeof zh = {
  app: 'Linli',
  about: 'About Linli',
  settings: 'Settings…',
  lock: 'Lock',
  quit: 'Quit',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  view: 'View',
  home: 'My day',
  tray: 'To settle',
  find: 'Find…',
  textSize: 'Text size…',
  fullScreen: 'Full screen',
  help: 'Help',
  keys: 'Keyboard',
  answerFile: 'Answer file',
  brokenTitle: 'Linli cannot open',
  broken:
    'The page failed several times in a row, so it was stopped. Everything marked as saved on this computer is there. Open the program again; if that does not help, give the log folder to your administrator.',
};

export type ShellTexts = typeof zh;
export const shellTexts = (language: Settings['language']): ShellTexts => (language === 'en' ? en : zh);
