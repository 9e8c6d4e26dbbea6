/** What can be done with a record now: its next steps first, then change, papers, and the rest behind 更多. */
import { EditOutlined, MoreOutlined, PrinterOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Command } from '../../../shared/core/command.ts';
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { DocumentDeclaration } from '../../../shared/core/document.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { editPath, printPath } from '../paths.ts';
import { titleOf } from '../value/record-title.ts';
import { useWords } from '../words.ts';
import { papersOf } from './papers-of.ts';
import { MoveDialog } from './move-dialog.tsx';
import type { Rights } from './rights.ts';
import { StepDialog } from './step-dialog.tsx';

/** Steps that stand open as buttons; further ones lie in the menu. */
const OPEN = 2;

interface RecordActionsProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly rights: Rights;
}

export function RecordActions({ entity, record, rights }: RecordActionsProps) {
  const { language, say, t } = useWords();
  const desk = useDesk();
  const navigate = useNavigate();
  const tell = useTold();
  const { message, modal } = App.useApp();
  const [step, setStep] = useState<string>();
  const [isMoving, setMoving] = useState(false);
  const stages = stagesOf(entity);
  const stage = entity.stageField === undefined ? '' : String(record.values[entity.stageField]);
  const next = rights.advance ? (stages?.stages[stage]?.next ?? []) : [];
  const stepLabel = (to: string): string => {
    const declared = stages?.stages[to];
    return declared ? say(declared.step ?? declared) : to;
  };
  const run = async (kind: 'withdraw' | 'restore'): Promise<void> => {
    const command: Command = { kind, entity: entity.name, record: record.id };
    const outcome = await desk.run(command);
    if (outcome.ok) tell(command, record);
    else void message.error(refusalSentence(outcome.error, language));
  };
  const askWithdraw = (): void => {
    void modal.confirm({
      title: t('record.withdrawAsk', { what: titleOf(entity, record.values) }),
      content: t('record.withdrawHint'),
      okText: t('record.withdraw'),
      onOk: () => run('withdraw'),
    });
  };
  const documents = (entity.documents ?? {}) as Readonly<Record<string, DocumentDeclaration>>;
  const { applying, others } = papersOf(documents, record);
  const paperItem = (name: string, stands: boolean) => ({
    key: name,
    label: <PaperLine paper={documents[name] as DocumentDeclaration} record={record} stands={stands} />,
    onClick: () => void navigate(printPath(record.id, name)),
  });
  const further = [
    ...next.slice(OPEN).map((to) => ({ key: to, label: stepLabel(to), onClick: () => setStep(to) })),
    ...(rights.move ? [{ key: '$move', label: t('sharing.move'), onClick: () => setMoving(true) }] : []),
    ...(rights.withdraw
      ? [{ key: '$withdraw', danger: true, label: t('record.withdraw'), onClick: askWithdraw }]
      : []),
  ];
  return (
    <div className="kit-row">
      {next.slice(0, OPEN).map((to, index) => (
        <Button key={to} type={index === 0 ? 'primary' : 'default'} onClick={() => setStep(to)}>
          {stepLabel(to)}
        </Button>
      ))}
      {rights.restore && (
        <Button type="primary" onClick={() => void run('restore')}>
          {t('record.restore')}
        </Button>
      )}
      {rights.change && (
        <Button
          type={next.length === 0 ? 'primary' : 'default'}
          icon={<EditOutlined />}
          onClick={() => void navigate(editPath(record.id))}
        >
          {t('common.edit')}
        </Button>
      )}
      {applying.length + others.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            style: { maxHeight: '70vh', overflowY: 'auto' },
            items: [
              ...applying.map((name) => paperItem(name, true)),
              ...(others.length > 0
                ? [
                    { type: 'divider' as const },
                    {
                      type: 'group' as const,
                      label: t('record.otherPapers'),
                      children: others.map((name) => paperItem(name, false)),
                    },
                  ]
                : []),
            ],
          }}
        >
          <Button icon={<PrinterOutlined />}>{t('record.print')}</Button>
        </Dropdown>
      )}
      {further.length > 0 && (
        <Dropdown trigger={['click']} menu={{ items: further }}>
          <Button icon={<MoreOutlined />} aria-label={t('common.more')} />
        </Dropdown>
      )}
      {isMoving && <MoveDialog entity={entity} record={record} onClose={() => setMoving(false)} />}
      {step !== undefined && (
        <StepDialog entity={entity} record={record.id} to={step} onClose={() => setStep(undefined)} />
      )}
    </div>
  );
}

interface PaperLineProps {
  readonly paper: DocumentDeclaration;
  readonly record: RecordState;
  /** Says how far it is filled in; of a paper that does not belong to the case that would only disturb. */
  readonly stands: boolean;
}

function PaperLine({ paper, record, stands }: PaperLineProps) {
  const { say, t } = useWords();
  const missing = paper.missing?.(record) ?? [];
  return (
    <span style={{ display: 'flex', gap: '1.5rem', justifyContent: 'space-between' }}>
      <span>{say(paper.label)}</span>
      {stands && (
        <span style={{ opacity: 0.65 }}>
          {missing.length === 0 ? t('record.complete') : t('record.lacks', { n: missing.length })}
        </span>
      )}
    </span>
  );
}
