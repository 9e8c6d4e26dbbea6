/**
 * Roles and what they read (security.md: entitlement = role × area and all inside it). What a role may write stands with each entity.
 * Need to know: correction, re-entry, drug rehabilitation and psychiatric tags are read by the care worker alone.
 */
import type { Roles } from '../../core/access.ts';

export const roles = {
  socialWorker: {
    zh: '社区工作者',
    en: 'Social worker',
    reads: ['residents', 'casework', 'training'],
    readsAround: ['directory', 'training'],
  },
  mediator: {
    zh: '人民调解员',
    en: "People's mediator",
    reads: ['residents', 'casework'],
    readsAround: ['directory', 'training'],
  },
  careWorker: {
    zh: '重点关爱专员',
    en: 'Care worker',
    reads: ['residents', 'careRestricted'],
    readsAround: ['directory', 'training'],
  },
  trainingStaff: {
    zh: '培训管理员',
    en: 'Training staff',
    reads: ['training'],
    readsAround: ['directory', 'training'],
  },
  administrator: {
    zh: '区管理员',
    en: 'District administrator',
    reads: ['directory'],
    readsAround: ['directory'],
  },
} as const satisfies Roles;
