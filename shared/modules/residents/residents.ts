import type { Module } from '../../core/entity.ts';
import { careTag } from './care-tag.ts';
import { homeVisit } from './home-visit.ts';
import { resident } from './resident.ts';

export const residents: Module = {
  name: 'residents',
  label: { zh: '居民', en: 'Residents' },
  entities: [resident, homeVisit, careTag],
};
