/** Records of before a restoration that only a computer still has: who wrote them, without their contents, and the word that takes them back. */
import { App, Button, Table } from 'antd';
import type { AdministrationOutput } from '../../../shared/protocol/administer.ts';
import { useDesk } from '../../core/hooks.ts';
import { timeAgo } from '../../kit/value/time-words.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { PartFrame } from './part-frame.tsx';
import { useAsked, useCarry } from './use-administration.ts';

type Recovered = AdministrationOutput<'recovered.list'>['recovered'][number];

export function RecoveredPart() {
  const { t, say, language } = useTexts();
  const desk = useDesk();
  const { message, modal } = App.useApp();
  const asked = useAsked('recovered.list');
  const carry = useCarry();
  const found = asked.value?.recovered ?? [];
  // Most districts are never restored: nothing to read about it then.
  if (found.length === 0) return null;
  const kindOf = ({ entity }: Recovered): string => {
    const declared = desk.registry.entities.get(entity);
    return declared ? say(declared.label) : entity;
  };
  const askApprove = (one: Recovered): void => {
    void modal.confirm({
      title: t('administration.recovered.ask', { kind: kindOf(one), who: one.author.name }),
      content: t('administration.recovered.askHint'),
      okText: t('administration.recovered.approve'),
      onOk: async () => {
        if (!(await carry('recovered.approve', { record: one.record }))) return;
        void message.success(t('administration.recovered.approved'));
        asked.askAgain();
      },
    });
  };
  return (
    <PartFrame asked={asked} lead={t('administration.recovered.lead', { count: found.length })}>
      <Table<Recovered>
        rowKey="record"
        size="middle"
        dataSource={found}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            title: t('administration.recovered.author'),
            width: '8rem',
            render: (_, { author }) => author.name || t('common.person'),
          },
          { title: t('administration.recovered.kind'), width: '10rem', render: (_, one) => kindOf(one) },
          {
            title: t('administration.recovered.what'),
            className: 'administration-wide',
            render: (_, { isWhole }) => t(`administration.recovered.${isWhole ? 'whole' : 'changes'}`),
          },
          {
            title: t('administration.recovered.at'),
            width: '10rem',
            render: (_, { at }) => timeAgo(at, desk.now(), language),
          },
          {
            title: t('administration.recovered.broughtBy'),
            width: '8rem',
            render: (_, { broughtBy }) => broughtBy.name || t('common.person'),
          },
          {
            title: t('administration.action'),
            width: '9rem',
            render: (_, one) => (
              <Button size="small" onClick={() => askApprove(one)}>
                {t('administration.recovered.approve')}
              </Button>
            ),
          },
        ]}
      />
    </PartFrame>
  );
}
