/**
 * Roles and the classes that they read (security.md: entitlement = role × area and all inside it). What a role may write stands with
 * each entity. Least privilege: correction, re-entry, drug rehabilitation and psychiatric tags are read by the care worker alone;
 * lawyers and counsellors come from outside and read no residents' register; whoever keeps accounts reads no case.
 */
import type { Role } from '../../core/access.ts';
import type { classes } from './classes.ts';

type ClassName = keyof typeof classes;
interface DeclaredRole extends Role {
  readonly reads: readonly ClassName[];
  readonly readsAround: readonly ClassName[];
}

const everybody = ['directory', 'training'] as const;

export const roles = {
  socialWorker: {
    zh: '社区工作者',
    en: 'Social worker',
    reads: ['residents', 'casework', 'training'],
    readsAround: everybody,
  },
  mediator: {
    zh: '人民调解员',
    en: "People's mediator",
    reads: ['residents', 'casework'],
    readsAround: everybody,
  },
  careWorker: {
    zh: '重点关爱专员',
    en: 'Care worker',
    reads: ['residents', 'careRestricted'],
    readsAround: everybody,
  },
  receptionClerk: {
    zh: '信访干部',
    en: 'Reception clerk',
    reads: ['residents', 'petitions'],
    readsAround: everybody,
  },
  lawyer: { zh: '接访律师', en: 'Lawyer on duty', reads: ['legal'], readsAround: ['directory'] },
  counsellor: { zh: '知心妈妈', en: 'Counsellor', reads: [], readsAround: everybody },
  committeeSecretary: {
    zh: '居民区书记',
    en: 'Committee secretary',
    reads: ['residents', 'casework', 'petitions', 'training'],
    readsAround: everybody,
    supervises: true,
  },
  trainingStaff: {
    zh: '培训与队伍管理',
    en: 'Training and workforce',
    reads: ['training', 'workforce'],
    readsAround: everybody,
  },
  supervisor: {
    zh: '督导（分管领导）',
    en: 'Supervisor',
    reads: ['residents', 'casework', 'petitions', 'legal', 'training'],
    readsAround: everybody,
    supervises: true,
  },
  administrator: {
    zh: '区管理员',
    en: 'District administrator',
    reads: ['directory'],
    readsAround: ['directory'],
    administers: true,
  },
} as const satisfies Readonly<Record<string, DeclaredRole>>;
