/** Sync without a network, as three steps of one walk: export, hand over, import. Says what is on the stick and what to do next. */
import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import type { TakenAnswer } from '../../../shared/bridge-packages.ts';
import { useDesk, useSync } from '../../core/hooks.ts';
import { useFocusBack } from '../../kit/layout/use-focus-back.ts';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { showMoment } from '../times.ts';
import './packages.css';
import { usePackages, type PackagesState } from './use-packages.ts';

export function PackagesDialog({ onClose }: { readonly onClose: () => void }) {
  useFocusBack();
  const { t } = useTexts();
  const state = usePackages();
  return (
    <Modal open title={t('packages.title')} footer={null} onCancel={onClose} width="min(38rem, 94vw)">
      <p>{t('packages.lead')}</p>
      <ol className="packages-steps">
        <SaveStep state={state} />
        <li>
          <h3>{t('packages.carry')}</h3>
          <p>{t('packages.carryHint')}</p>
        </li>
        <ReadStep state={state} />
      </ol>
    </Modal>
  );
}

interface StepProps {
  readonly state: PackagesState | undefined;
}

/** What came of it, in words; `care` where something is to be done. */
interface Said {
  readonly tone: 'done' | 'care';
  readonly words: readonly string[];
}

function SaveStep({ state }: StepProps) {
  const { t, language } = useTexts();
  const desk = useDesk();
  const bridge = useBridge();
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>();
  const save = async (): Promise<void> => {
    setBusy(true);
    setSaid(undefined);
    const outcome = await bridge.ask('packages.save', desk.reached()).catch(() => undefined);
    setBusy(false);
    if (!outcome) return setSaid({ tone: 'care', words: [t('packages.saveFailed')] });
    const { saved, number = 0 } = outcome;
    if (saved !== undefined) setSaid({ tone: 'done', words: [t('packages.saved', { name: saved, number })] });
  };
  const { exported } = state ?? {};
  return (
    <li>
      <h3>{t('packages.save')}</h3>
      {state && (
        <p>
          {state.entries > 0
            ? t('packages.saveHint', { count: state.entries, people: state.people })
            : t('packages.saveNone')}
        </p>
      )}
      {exported && !exported.isAnswered && !said && (
        <p className="sync-quiet">
          {t('packages.waiting', {
            number: exported.number,
            count: exported.entries,
            time: showMoment(exported.at, desk.now(), language),
          })}
        </p>
      )}
      <Button icon={<UploadOutlined />} loading={isBusy} onClick={() => void save()}>
        {t(isBusy ? 'packages.saving' : 'packages.saveButton')}
      </Button>
      <SaidLines said={said} />
    </li>
  );
}

function ReadStep({ state }: StepProps) {
  const { t, language } = useTexts();
  const desk = useDesk();
  const { fileProblem } = useSync();
  const bridge = useBridge();
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said>();
  const read = async (): Promise<void> => {
    setBusy(true);
    setSaid(undefined);
    const outcome = await bridge.ask('packages.read').catch(() => 'failed' as const);
    setBusy(false);
    if (outcome === 'failed') return setSaid({ tone: 'care', words: [t('packages.readFailed')] });
    if (!outcome) return;
    if (!outcome.ok) return setSaid({ tone: 'care', words: [t(`packages.refusal.${outcome.error}`)] });
    setSaid({
      tone: outcome.value.quarantined || outcome.value.isMissing ? 'care' : 'done',
      words: takenWords(outcome.value).map(([key, values]) => t(key, values)),
    });
    // What waits for whoever is in is taken by the next turn, whose line is the file.
    desk.syncNow();
  };
  const { answered } = state ?? {};
  const moment = (instant: string): string => showMoment(instant, desk.now(), language);
  return (
    <li>
      <h3>{t('packages.read')}</h3>
      <p>{t('packages.readHint')}</p>
      {!said && (
        <p className="sync-quiet">
          {answered
            ? t('packages.readLast', {
                number: answered.number,
                time: moment(answered.at),
                made: moment(answered.made),
              })
            : t('packages.readNever')}
        </p>
      )}
      <Button icon={<DownloadOutlined />} loading={isBusy} onClick={() => void read()}>
        {t(isBusy ? 'packages.reading' : 'packages.readButton')}
      </Button>
      <SaidLines said={said} />
      {fileProblem && <SaidLines said={{ tone: 'care', words: [t(`sync.problem.${fileProblem}`)] }} />}
    </li>
  );
}

type Words = readonly [TextKey, Readonly<Record<string, string | number>>?];

function takenWords(taken: TakenAnswer): readonly Words[] {
  const { number, confirmed, refused, held, others, isMissing, quarantined } = taken;
  return [
    ['packages.counts', { number, confirmed, refused, held }],
    ...(refused + held > 0 ? ([['packages.attention']] as const) : []),
    ...(others.length > 0 ? ([['packages.others', { names: others.join('、') }]] as const) : []),
    ...(isMissing ? ([['packages.missing']] as const) : []),
    ...(quarantined ? ([['packages.quarantined']] as const) : []),
  ];
}

function SaidLines({ said }: { readonly said: Said | undefined }): ReactNode {
  return (
    <div role="status" className="packages-said">
      {said?.words.map((words) => (
        <p key={words} className="sync-problem" data-tone={said.tone}>
          {words}
        </p>
      ))}
    </div>
  );
}
