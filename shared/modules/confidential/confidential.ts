import type { Module } from '../../core/entity.ts';
import { confidentialEntry } from './confidential-entry.ts';
import { confidentialNote } from './confidential-note.ts';

export const confidential: Module = {
  name: 'confidential',
  label: { zh: '保密记录', en: 'Confidential' },
  entities: [confidentialNote, confidentialEntry],
};
