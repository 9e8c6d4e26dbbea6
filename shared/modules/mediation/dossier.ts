/**
 * The thirteen items of a dossier behind its cover (mediation.md §6), with 必须 or 按需 as the state of the matter asks, and whether
 * each is there. A paper printed from the record counts as there when what it prints has been filled in.
 */
import { isAbsent, type Values } from '../../core/field/base.ts';
import type { Label } from '../../core/label.ts';
import { effectiveDay, hasAgreement } from './agreement.ts';

export interface DossierItem extends Label {
  readonly isRequired: boolean;
  readonly isThere: boolean;
}

export function dossierOf(values: Values): readonly DossierItem[] {
  const has = (field: string): boolean => !isAbsent(values[field]);
  const agreed = hasAgreement(values);
  const isFiled = has('filedOn') && has('filedBy');
  const item = (zh: string, en: string, isRequired: boolean, isThere: boolean): DossierItem => ({
    zh,
    en,
    isRequired,
    isThere,
  });
  return [
    item('申请书或受理登记表', 'Application or registration', true, has('acceptedOn') || has('requests')),
    item('权利义务告知书', 'Notice of rights and duties', true, has('rightsInformedAt')),
    item(
      '当事人身份证明',
      'Proof of identity',
      true,
      has('identitiesCheckedOn') && has('identitiesCheckedBy'),
    ),
    item('授权委托书', 'Power of attorney', false, has('agents')),
    item('调查记录', 'Record of investigation', false, has('investigations')),
    item('证据材料', 'Evidence', false, has('evidence') || has('evidenceFiles')),
    // Nobody sat down where a party took it back or refused before the first session.
    item('调解记录', 'Record of mediation', agreed || values['stage'] === 'failed', has('sessions')),
    item(
      '协议书或口头协议登记表',
      'Agreement',
      agreed,
      agreed && has('content') && effectiveDay(values) !== undefined,
    ),
    item('履行凭证', 'Proof of performance', false, has('performanceProof')),
    item('回访记录', 'Follow-up record', agreed, has('followUps')),
    item('司法确认有关材料', 'Court confirmation', false, has('confirmationAppliedOn')),
    item('卷宗情况说明', 'Note on the dossier', true, has('dossierNote') && isFiled),
    item('封底', 'Back cover', true, has('pages') && isFiled),
  ];
}

export const missingItems = (values: Values): readonly Label[] =>
  dossierOf(values)
    .filter(({ isRequired, isThere }) => isRequired && !isThere)
    .map(({ zh, en }) => ({ zh, en }));
