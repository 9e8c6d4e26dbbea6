import type { Module } from '../../core/entity.ts';
import { mediation } from './mediation.ts';

export const mediationModule: Module = {
  name: 'mediation',
  label: { zh: '人民调解', en: 'Mediation' },
  entities: [mediation],
};
