/**
 * 保密记录: a talk, a listening ear, an accusation. Only those whom it names read it, and nobody else can tell that it exists: no list,
 * no count, no search (信访工作条例30、46; 精神卫生法23). What a case may show of it is written down there by hand.
 */
import { attachments } from '../../core/field/attachments.ts';
import { choice } from '../../core/field/choice.ts';
import { date } from '../../core/field/date.ts';
import { references } from '../../core/field/reference.ts';
import { text } from '../../core/field/text.ts';
import { defineEntity } from '../../core/entity.ts';
import { kinds, levels, staff } from './confidential-lists.ts';
import { sampleNote } from './sample-note.ts';

export const confidentialNote = defineEntity('confidentialNote', {
  label: { zh: '保密记录', en: 'Confidential' },
  one: { zh: '一份保密记录', en: 'a confidential note' },
  scope: { readers: 'readers', level: 'committee' },
  place: 'navigation',
  fields: {
    kind: choice({ zh: '类别', en: 'Kind' }, kinds, { required: true }),
    subject: text({ zh: '事由', en: 'Subject' }, { required: true, merge: 'ask', search: 'name' }),
    heldOn: date({ zh: '日期', en: 'On' }, { required: true, notAfterToday: true }),
    about: text(
      { zh: '谈话对象（反映人）', en: 'Talked with' },
      { search: 'name', sensitive: true, help: { zh: '可以写代号', en: 'A code name will do' } },
    ),
    level: choice({ zh: '关注程度', en: 'Attention' }, levels, { initial: 'calm' }),
    body: text(
      { zh: '内容', en: 'What was said' },
      {
        required: true,
        multiline: true,
        merge: 'ask',
        search: 'text',
        sensitive: true,
        help: { zh: '写看到的、听到的，不写诊断', en: 'What was seen and heard; no diagnosis' },
      },
    ),
    files: attachments(
      { zh: '材料', en: 'Papers' },
      {
        max: 10,
        sensitive: true,
        help: { zh: '和内容一样，只有上面写到的人能打开', en: 'Only those named above can open them' },
      },
    ),
    outcome: text({ zh: '怎么处理', en: 'What follows' }, { multiline: true, max: 1000, merge: 'ask' }),
    readers: references({ zh: '谁能看', en: 'Who may read it' }, 'person', {
      min: 1,
      max: 10,
      help: {
        zh: '只有写在这里的人看得到，别的人连有没有这份记录都不知道；您自己也要写上',
        en: 'Only those named here know of it; name yourself, too',
      },
    }),
  },
  title: ({ subject }) => subject ?? '',
  // Who will read it comes before what they will read.
  sections: [
    { label: { zh: '保密', en: 'Confidentiality' }, fields: ['readers'] },
    { label: { zh: '记录', en: 'Note' }, fields: ['kind', 'subject', 'heldOn', 'about', 'level'] },
    { label: { zh: '内容', en: 'Contents' }, fields: ['body', 'files', 'outcome'] },
  ],
  list: {
    columns: ['subject', 'kind', 'heldOn', 'level', 'readers'],
    filters: ['kind', 'level'],
    sort: { field: 'heldOn', descending: true },
  },
  access: { create: staff, change: staff },
  sample: sampleNote,
});
