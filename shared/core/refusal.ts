/**
 * Why an operation was not accepted: a closed list, the same on the desk and at the district. Verdicts carry rule and field
 * names, never values (sync.md S10).
 */
import { z } from 'zod';
import type { Language } from './label.ts';
import type { ProblemCode } from './problem.ts';
import { problemSentences } from './problem-sentences.ts';

const sentences = {
  schema: { zh: '有内容填得不对，请看标红的地方', en: 'Some values are not right' },
  rule: { zh: '不符合办理规则，请看说明', en: 'A rule forbids this' },
  access: {
    zh: '您没有这项权限；内容已为您留着，可请书记或管理员处理',
    en: 'You may not do this; your text is kept',
  },
  stageMoved: {
    zh: '别人已把它推进到别的环节，请看过现在的情况再定',
    en: 'Somebody moved it to another stage meanwhile',
  },
  withdrawn: { zh: '这条记录已被撤回，要改请先恢复', en: 'This record was withdrawn: restore it first' },
  merged: {
    zh: '这条登记已并入另一条，请打开合并后的那一条再改',
    en: 'This one was merged into another: open that one and change it there',
  },
  unknownEntity: {
    zh: '这类记录区里的系统还不认识，请先升级',
    en: 'The district does not know this kind of record yet',
  },
  unknownRecord: {
    zh: '区里还没有收到这条记录的登记，先留着等它',
    en: 'The district has not received this record yet: kept waiting',
  },
  recordExists: { zh: '这条记录已经登记过', en: 'This record was registered before' },
  depends: { zh: '它所依据的上一步没有被接受，先留着', en: 'The step before it was not accepted: kept' },
  group: {
    zh: '同一批里另一条没有被接受，整批先不生效',
    en: 'Another one of the same group was not accepted',
  },
  contentChanged: {
    zh: '同一编号收到过不同的内容，已报警待查',
    en: 'The same number came with other content: reported',
  },
  newerVersion: { zh: '来自更新版本的程序，请先升级', en: 'Made by a newer version: please upgrade' },
  storage: {
    zh: '硬盘写不进去了，这一步还没有存上。您写的内容都还在，请清理出一些空间，再点一次',
    en: 'The disk takes no more, so this was not saved. Your text is still here: free some space and try again',
  },
  noRoom: {
    zh: '这台电脑的硬盘快用完了，先只能查看、不能登记，免得写坏。您写的内容都还在，请清理出一些空间，再点一次',
    en: 'The disk of this computer is nearly full: reading goes on, registering waits. Your text is still here: free some space and try again',
  },
  newerApp: {
    zh: '这台电脑上的数据是由新版本的邻里台账写下的，现在只能查看、不能登记，这一步没有存上。已登记的都在，请更新这台电脑上的邻里台账，再来登记',
    en: 'A newer version of Linli wrote the records on this computer: reading goes on, registering waits, and this was not saved. All that was registered is safe: update Linli on this computer, then register again',
  },
  resolved: { zh: '这一步本人已经处理过', en: 'Its author has dealt with this already' },
  revoked: {
    zh: '这台电脑已被停用，这一步先留给管理员看',
    en: 'This computer was revoked: kept for the administrator to look at',
  },
  handed: { zh: '本人已交给督导处理', en: 'Handed to the supervisor by its author' },
  declined: { zh: '督导看过，这次没有采纳', en: 'The supervisor has looked at it and did not take it over' },
  decided: {
    zh: '这一条已经有人处理过，或者已经不用复核了',
    en: 'Somebody has decided on this already, or it needs no review any more',
  },
  restored: {
    zh: '区里的数据恢复过，这一步当时已经办成，和现在的情况却对不上；先为您留着，由书记或管理员看过再定',
    en: 'The district was restored: this was accepted before and does not fit any more. Kept for the supervisor to look at',
  },
  numberTaken: {
    zh: '这个正式编号已经给了别的记录',
    en: 'This official number was given to another record',
  },
  damaged: { zh: '内容在传送中损坏，请重新提交', en: 'Damaged on the way: please send again' },
} as const;

export type RefusalCode = keyof typeof sentences;

const problemSchema = z.object({
  code: z.enum(Object.keys(problemSentences) as [ProblemCode, ...ProblemCode[]]),
  field: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const refusalCode = z.enum(Object.keys(sentences) as [RefusalCode, ...RefusalCode[]]);

export const refusalSchema = z.object({
  code: refusalCode,
  /** The rule's id where a declared rule refused. */
  rule: z.string().optional(),
  problems: z.array(problemSchema).readonly().optional(),
  /** The operation that this one waits for or fell with; where somebody declined it, the decision. */
  operation: z.string().optional(),
  /** With `restored`: what does not fit. */
  because: refusalCode.optional(),
});

export type Refusal = z.infer<typeof refusalSchema>;

export const refusalSentence = (refusal: Refusal, language: Language): string =>
  sentences[refusal.code][language];
