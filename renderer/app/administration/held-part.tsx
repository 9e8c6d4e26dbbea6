/** What the district keeps waiting, without its contents: who made it, where, what kind, and why it waits. */
import { Table } from 'antd';
import type { Language } from '../../../shared/core/label.ts';
import { refusalSchema, refusalSentence, type RefusalCode } from '../../../shared/core/refusal.ts';
import type { AdministrationOutput } from '../../../shared/protocol/administer.ts';
import { useDesk } from '../../core/hooks.ts';
import { timeAgo } from '../../kit/value/time-words.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { PartFrame } from './part-frame.tsx';
import { useAsked } from './use-administration.ts';
import { useDeviceName } from './use-device-name.ts';

type Held = AdministrationOutput<'held.list'>['held'][number];

export function HeldPart() {
  const { t, say, language } = useTexts();
  const desk = useDesk();
  const asked = useAsked('held.list');
  const deviceName = useDeviceName();
  const why = ({ code, rule }: Held): string => {
    const sentence = isTold(code) ? t(`administration.held.codes.${code}`) : sentenceOf(code, language);
    return rule === null ? sentence : `${sentence} (${rule})`;
  };
  return (
    <PartFrame asked={asked} lead={t('administration.held.lead')}>
      <Table<Held>
        rowKey="operation"
        size="middle"
        dataSource={asked.value?.held ?? []}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t('administration.held.none') }}
        columns={[
          { title: t('administration.held.author'), width: '8rem', render: (_, { author }) => author.name },
          {
            title: t('administration.held.device'),
            width: '8rem',
            render: (_, { device }) => deviceName(device),
          },
          {
            title: t('administration.held.kind'),
            width: '10rem',
            render: (_, { entity }) => {
              const declared = desk.registry.entities.get(entity);
              return declared ? say(declared.label) : entity;
            },
          },
          {
            title: t('administration.held.why'),
            className: 'administration-wide',
            render: (_, held) => why(held),
          },
          {
            title: t('administration.held.since'),
            width: '11rem',
            render: (_, { receivedAt }) => timeAgo(receivedAt, desk.now(), language),
          },
        ]}
      />
    </PartFrame>
  );
}

/** Reasons that read otherwise for whoever keeps accounts than for the author. */
const TOLD = [
  'access',
  'depends',
  'group',
  'unknownRecord',
  'unknownEntity',
  'newerVersion',
  'revoked',
] as const satisfies readonly RefusalCode[];
const isTold = (code: string): code is (typeof TOLD)[number] => TOLD.some((told) => told === code);

function sentenceOf(code: string, language: Language): string {
  const known = refusalSchema.safeParse({ code });
  return known.success ? refusalSentence(known.data, language) : code;
}
