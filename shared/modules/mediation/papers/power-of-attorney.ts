/** 授权委托书, a sheet for every agent: who acts for whom, in what, how far and how long (mediation.md §6). */
import type { DocumentBlock, DocumentDeclaration, DocumentGiven } from '../../../core/document.ts';
import { isAbsent, type Values } from '../../../core/field/base.ts';
import { disputeTypes } from '../dispute-lists.ts';
import { fields } from '../fields.ts';
import { agentsOf, partiesOf, partyNames } from '../parties.ts';
import { box, dateLine, dayOf, dayOfPaper, emptyOnes, inSheets, labelOf, orBlank, textOf } from './paper.ts';
import { blocksOf, strangerBlock } from './party-block.ts';

const NAME = '授权委托书';

function agentSheet(given: DocumentGiven, agent: Values): readonly DocumentBlock[] {
  const { values } = given.record;
  const day = dayOfPaper(given);
  const principal = textOf(agent['principal']).trim();
  const known = partiesOf(values).filter(({ name }) => name === principal);
  const dispute = `${partyNames(values).join('、')}${labelOf(disputeTypes, values['disputeType'])}`;
  const extent = agent['extent'];
  return [
    { kind: 'title', text: NAME },
    ...(known.length > 0 ? blocksOf('委托人', known, day) : [strangerBlock('委托人', { name: principal })]),
    strangerBlock('受托人', {
      name: textOf(agent['name']),
      phone: textOf(agent['phone']),
      address: textOf(agent['address']),
    }),
    { kind: 'heading', text: '委托事项与权限' },
    { kind: 'paragraph', text: `委托人现委托上列受托人，代为参加${dispute || '本件纠纷'}的人民调解。` },
    {
      kind: 'paragraph',
      text: `${box(extent === 'general')}一般代理：代为陈述事实、提供证据、听取意见、领取文书。`,
    },
    {
      kind: 'paragraph',
      text: `${box(extent === 'special')}特别授权：除一般代理外，还可以代为承认、变更、放弃要求，代为达成并签署调解协议。`,
    },
    {
      kind: 'line',
      label: '期限',
      value: isAbsent(agent['until']) ? '' : `自签名之日起至${dayOf(agent['until'])}`,
    },
    { kind: 'signatures', places: ['委托人（签名盖章或按指印）', '受托人（签名）'] },
    dateLine(undefined),
  ];
}

export const powerOfAttorneyPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Power of attorney' },
  applies: ({ values }) => agentsOf(values).length > 0,
  missing: ({ values }) => [
    ...emptyOnes(values, { agents: fields.agents.label }),
    ...agentsOf(values)
      .filter(({ principal }) => !partyNames(values).includes(textOf(principal).trim()))
      .map(({ name }) => ({
        zh: `${textOf(name)}代哪位当事人`,
        en: `For which party ${textOf(name)} acts`,
      })),
  ],
  build: (given) => ({
    name: NAME,
    blocks: inSheets(orBlank(agentsOf(given.record.values)).map((agent) => agentSheet(given, agent))),
  }),
};
