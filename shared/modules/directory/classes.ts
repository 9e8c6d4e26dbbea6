/**
 * Confidentiality classes: who needs to know is decided by kind of work. A matter that only some few people by name may see lies in none
 * of them (`modules/confidential`).
 */
import type { Classes } from '../../core/access.ts';

export const classes = {
  residents: { zh: '居民', en: 'Residents' },
  casework: { zh: '调解与个案', en: 'Mediation and casework' },
  careRestricted: { zh: '专人关爱', en: 'Restricted care' },
  petitions: { zh: '信访', en: 'Petitions' },
  legal: { zh: '法律咨询', en: 'Legal advice' },
  training: { zh: '培训', en: 'Training' },
  workforce: { zh: '队伍管理', en: 'Workforce' },
  directory: { zh: '通讯录', en: 'Directory' },
} as const satisfies Classes;
