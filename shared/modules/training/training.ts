import type { Module } from '../../core/entity.ts';
import { participation } from './participation.ts';
import { trainingEvent } from './training-event.ts';

export const training: Module = {
  name: 'training',
  label: { zh: '培训', en: 'Training' },
  entities: [trainingEvent, participation],
};
