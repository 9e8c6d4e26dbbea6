/** What comes of a backup or a restoration, as a sentence for whoever gave the command. */
import type { BackupMade, BackupProblem } from './make.ts';
import type { Restored, RestoreProblem } from './restore.ts';

const PROBLEMS: Readonly<Record<BackupProblem, string>> = {
  exists: '文件已存在，没有改动它，请换一个名字 / there already, left as it is: choose another name',
  'disk-full':
    '磁盘满了，备份没有做成，区里的数据没有变 / the disk is full: no backup was made, nothing has changed',
  unwritable:
    '区服务程序写不进这个位置，备份没有做成 / the district may not write there, or the disk fails: no backup was made',
  unreadable: '写好的备份读不回来，已删除，请检查磁盘 / what was written cannot be read back: check the disk',
  'another-life':
    '做备份的同时区服务恢复过，这份备份不算数 / the district was restored meanwhile: this backup does not count',
};

export const problemText = (problem: BackupProblem, path: string): string => `${PROBLEMS[problem]}: ${path}`;

export const madeText = (path: string, { seq, rows, bytes }: BackupMade): string =>
  `${path}\n备份做好并核对过了 / made, and read again to its end: head ${seq}, ${rows} rows, ${bytes} bytes\n` +
  '请把恢复口令和文件分开保管，没有口令谁也打不开 / keep the passphrase apart from the file: without it nobody opens it';

const RESTORE_PROBLEMS: Readonly<Record<Exclude<RestoreProblem['code'], 'in-use'>, string>> = {
  living:
    '这里已经有一个区的数据，没有改动它；确实要换，请加 --replace，原来的会挪到一边 / a district stands here already and was left as it is: with --replace it is set aside',
  unreadable:
    '口令不对，或文件不完整，什么也没有改动 / another passphrase, or a file that is not whole: nothing was changed',
  newer: '这份备份来自更新版本的区服务，请先升级 / made by a newer district: upgrade first',
};

export const restoreProblemText = ({ code }: { readonly code: keyof typeof RESTORE_PROBLEMS }): string =>
  RESTORE_PROBLEMS[code];

export const STOP_FIRST = '请先停下这个文件夹上的区服务 / stop the server on this folder first';

export const restoredText = ({ about, head }: Restored): string =>
  `已恢复到 ${about.at}（${head.name}，第 ${head.seq} 步）/ restored as of ${about.at}, head ${head.seq}\n` +
  '启动区服务后，各台电脑会把那以后的工作重新交上来 / start the server: the desks offer again what came after it';
