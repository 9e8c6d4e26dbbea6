import type { Module } from '../../core/entity.ts';
import { area } from './area.ts';
import { person } from './person.ts';

export const directory: Module = {
  name: 'directory',
  label: { zh: '通讯录', en: 'Directory' },
  entities: [person, area],
};
