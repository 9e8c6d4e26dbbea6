import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Dropdown, Input, Table } from 'antd';
import { useState } from 'react';
import { ToneTag } from '../../kit/value/tone-tag.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { AnswerDialog } from './answer-dialog.tsx';
import { CodeDialog } from './code-dialog.tsx';
import { GrantTags } from './grant-tags.tsx';
import { PartFrame } from './part-frame.tsx';
import { type KnownPerson, matching } from './people-list.ts';
import { PersonDialog } from './person-dialog.tsx';
import { useAsked, useCarry } from './use-administration.ts';

type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'grants' | 'code' | 'answer'; readonly person: KnownPerson };

export function PeoplePart() {
  const { t } = useTexts();
  const asked = useAsked('people.list');
  const [text, setText] = useState('');
  const [open, setOpen] = useState<Open>();
  const people = matching(asked.value?.people ?? [], text);
  const close = (changed?: 'changed'): void => {
    setOpen(undefined);
    if (changed) asked.askAgain();
  };
  return (
    <PartFrame
      asked={asked}
      lead={t('administration.people.lead')}
      extra={
        <>
          <Input.Search
            className="administration-search"
            allowClear
            aria-label={t('administration.people.search')}
            placeholder={t('administration.people.search')}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ kind: 'add' })}>
            {t('administration.people.add')}
          </Button>
        </>
      }
    >
      <Table<KnownPerson>
        rowKey="id"
        size="middle"
        dataSource={people}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: t('administration.people.none') }}
        columns={[
          {
            title: t('administration.people.name'),
            width: '10rem',
            render: (_, person) => (
              <span className="kit-row">
                <b>{person.name}</b>
                {person.disabled && <ToneTag tone="danger">{t('administration.people.disabled')}</ToneTag>}
              </span>
            ),
          },
          {
            title: t('administration.people.grants'),
            render: (_, person) => <GrantTags grants={person.grants} />,
          },
          {
            title: t('administration.people.password'),
            width: '8rem',
            render: (_, person) =>
              t(
                person.hasPassword ? 'administration.people.hasPassword' : 'administration.people.noPassword',
              ),
          },
          {
            title: t('administration.action'),
            width: '16rem',
            render: (_, person) => (
              <PersonActions
                person={person}
                onCode={() => setOpen({ kind: 'code', person })}
                onAnswer={() => setOpen({ kind: 'answer', person })}
                onGrants={() => setOpen({ kind: 'grants', person })}
                onChanged={asked.askAgain}
              />
            ),
          },
        ]}
      />
      {open?.kind === 'add' && <PersonDialog onClose={close} />}
      {open?.kind === 'grants' && <PersonDialog person={open.person} onClose={close} />}
      {open?.kind === 'answer' && <AnswerDialog person={open.person} onClose={close} />}
      {open?.kind === 'code' && <CodeDialog person={open.person} onClose={close} />}
    </PartFrame>
  );
}

interface PersonActionsProps {
  readonly person: KnownPerson;
  readonly onCode: () => void;
  readonly onAnswer: () => void;
  readonly onGrants: () => void;
  readonly onChanged: () => void;
}

function PersonActions({ person, onCode, onAnswer, onGrants, onChanged }: PersonActionsProps) {
  const { t } = useTexts();
  const { message, modal } = App.useApp();
  const carry = useCarry();
  const { name } = person;
  const carryOut = async (
    command: 'person.disable' | 'person.enable' | 'person.clearPassword',
    said: string,
  ): Promise<void> => {
    if (!(await carry(command, { person: person.id }))) return;
    void message.success(said);
    onChanged();
  };
  const askDisable = (): void => {
    void modal.confirm({
      title: t('administration.people.disableAsk', { name }),
      content: t('administration.people.disableHint'),
      okText: t('administration.people.disable'),
      okButtonProps: { danger: true },
      // A second Enter of somebody in a hurry must not do it.
      focusable: { autoFocusButton: 'cancel' },
      onOk: () => carryOut('person.disable', t('administration.people.disabledDone', { name })),
    });
  };
  const askClear = (): void => {
    void modal.confirm({
      title: t('administration.people.clearAsk', { name }),
      content: t('administration.people.clearHint'),
      okText: t('administration.people.clear'),
      onOk: () => carryOut('person.clearPassword', t('administration.people.cleared', { name })),
    });
  };
  return (
    <span className="kit-row">
      <Button size="small" type="primary" ghost disabled={person.disabled} onClick={onCode}>
        {t('administration.people.code')}
      </Button>
      <Button size="small" onClick={onGrants}>
        {t('administration.people.change')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...(person.disabled
              ? []
              : [{ key: 'answer', label: t('administration.people.answer'), onClick: onAnswer }]),
            ...(person.hasPassword
              ? [{ key: 'clear', label: t('administration.people.clear'), onClick: askClear }]
              : []),
            person.disabled
              ? {
                  key: 'enable',
                  label: t('administration.people.enable'),
                  onClick: () =>
                    void carryOut('person.enable', t('administration.people.enabledDone', { name })),
                }
              : {
                  key: 'disable',
                  danger: true,
                  label: t('administration.people.disable'),
                  onClick: askDisable,
                },
          ],
        }}
      >
        <Button size="small" aria-label={t('administration.moreOf', { name })}>
          {t('administration.more')}
        </Button>
      </Dropdown>
    </span>
  );
}
