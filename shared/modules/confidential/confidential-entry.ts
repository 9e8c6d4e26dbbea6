/** What came of a confidential note, day by day; read by those whom the note names, whoever they are by then. */
import { date } from '../../core/field/date.ts';
import { reference } from '../../core/field/reference.ts';
import { text } from '../../core/field/text.ts';
import { defineEntity } from '../../core/entity.ts';
import { showDay } from '../../core/format.ts';
import { staff } from './confidential-lists.ts';
import { sampleEntry } from './sample-note.ts';

export const confidentialEntry = defineEntity('confidentialEntry', {
  label: { zh: '后续情况', en: 'What followed' },
  one: { zh: '一次后续情况', en: 'what followed' },
  scope: { readersOf: 'note', level: 'committee' },
  place: 'related',
  fields: {
    note: reference({ zh: '保密记录', en: 'Confidential note' }, 'confidentialNote', {
      required: true,
      fixed: true,
    }),
    on: date({ zh: '日期', en: 'On' }, { required: true, notAfterToday: true }),
    body: text(
      { zh: '情况', en: 'What happened' },
      { required: true, multiline: true, merge: 'ask', search: 'text', sensitive: true },
    ),
  },
  title: ({ on }) => (on === undefined ? '' : showDay(on, 'zh')),
  sections: [{ label: { zh: '后续情况', en: 'What followed' }, fields: ['note', 'on', 'body'] }],
  list: { columns: ['on', 'body'], sort: { field: 'on', descending: true } },
  access: { create: staff, change: staff },
  sample: sampleEntry,
});
