/** What the district sent back or keeps waiting: the reason in a sentence, and every word that its author wrote. */
import { App, Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { problemSentence } from '../../../shared/core/problem.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { isReview } from '../../../shared/core/review-kinds.ts';
import { isForReview } from '../../../shared/core/review.ts';
import type { TrayItem } from '../../core/desk.ts';
import { useDesk } from '../../core/hooks.ts';
import { correctPath, recordPath, reviewPath } from '../../kit/paths.ts';
import { useKit } from '../../kit/ports.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { useBridge } from '../bridge-context.ts';
import { operationWords } from '../sync/operation-words.ts';
import { showMoment } from '../times.ts';
import { operationLines } from './operation-lines.ts';

interface RefusedCardProps {
  readonly item: Extract<TrayItem, { readonly kind: 'refused' | 'held' }>;
}

export function RefusedCard({
  item: { kind, operation, reason, record, dependents, since, words: said },
}: RefusedCardProps) {
  const texts = useTexts();
  const { t, language } = texts;
  const desk = useDesk();
  const kit = useKit();
  const bridge = useBridge();
  const navigate = useNavigate();
  const { message, modal } = App.useApp();
  const entity = desk.registry.entities.get(operation.entity);
  const words = operationWords(operation, desk, language);
  const lines = operationLines(operation, entity, reason, { ...texts, ...kit });
  const title = [t(words.key, words.values), words.title].filter((part) => part !== '').join(' · ');
  const sentence = refusalSentence(reason, language);
  const general = (reason.problems ?? [])
    .filter(({ field }) => field === '')
    .map((problem) => problemSentence(problem, language));

  const isUnderReview = kind === 'held' && isForReview(reason);
  const canHandOver = kind === 'refused' && !isReview(operation.kind) && reason.code !== 'declined';
  const told = [
    ...(reason.code === 'handed' ? [] : [sentence]),
    ...general,
    ...(isUnderReview
      ? [t('tray.underReview', { when: showMoment(since ?? operation.at, desk.now(), language) })]
      : []),
    ...(kind === 'held' && !isUnderReview ? [t('tray.heldHint')] : []),
    ...(said
      ? [t('tray.words', { who: kit.personName(said.by) || t('common.person'), words: said.words })]
      : []),
    ...(dependents.length > 0 ? [t('tray.dependents', { count: dependents.length })] : []),
  ];

  const exportText = async (): Promise<void> => {
    const text = [
      title,
      `${t('tray.reason')}：${[sentence, ...general].join('；')}`,
      '',
      ...lines.map(
        ({ label, text: value, problem }) =>
          `${label}：${value}${problem === undefined ? '' : `（${problem}）`}`,
      ),
      '',
    ].join('\r\n');
    const name = `${t('tray.title')}-${words.title.replace(/[\\/:*?"<>|\s]+/g, '').slice(0, 30) || operation.id.slice(-6)}.txt`;
    // Notepad of old Windows reads UTF-8 only with its mark.
    const { saved } = await bridge.ask('files.save', {
      name,
      bytes: new TextEncoder().encode(`\ufeff${text}`),
    });
    if (saved !== undefined) void message.success(t('tray.exported', { name: saved }));
  };
  const handOver = async (): Promise<void> => {
    const outcome = await desk.handOver(operation.id);
    if (outcome.ok) void message.success(t('tray.handedOver'));
    else void message.error(refusalSentence(outcome.error, language));
  };
  const setAside = (): void =>
    void modal.confirm({
      title: t('tray.setAsideAsk'),
      content: t('tray.setAsideHint'),
      okText: t('tray.setAsideYes'),
      cancelText: t('common.cancel'),
      onOk: async () => {
        const outcome = await desk.setAside(operation.id);
        if (outcome.ok) void message.success(t('tray.setAsideDone'));
        else void message.error(refusalSentence(outcome.error, language));
      },
    });

  return (
    <article className="tray-card" aria-label={title}>
      <header>
        <h3>
          {title}
          <span className="home-sub">{showMoment(operation.at, desk.now(), texts.language)}</span>
        </h3>
        {record && <Link to={recordPath(record.id)}>{t('tray.open')}</Link>}
      </header>
      <p className="tray-reason" data-kind={kind}>
        <strong>{t('tray.reason')}</strong>
        <span>
          {told.map((one) => (
            <span key={one}>{one}</span>
          ))}
        </span>
      </p>
      {lines.length > 0 && (
        <dl className="tray-lines" aria-label={t('tray.yours')}>
          {lines.map(({ label, text, problem }, index) => (
            <div key={`${index} ${label}`} data-problem={problem !== undefined}>
              <dt>{label}</dt>
              <dd>
                {text}
                {problem !== undefined && <span className="tray-problem">{problem}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <div className="tray-actions">
        {isReview(operation.kind) ? (
          <Button type="primary" onClick={() => void navigate(reviewPath)}>
            {t('review.open')}
          </Button>
        ) : (
          <Button
            type={isUnderReview ? 'default' : 'primary'}
            onClick={() => void navigate(correctPath(operation.id))}
          >
            {t('tray.correct')}
          </Button>
        )}
        {canHandOver && <Button onClick={() => void handOver()}>{t('tray.handOver')}</Button>}
        <Button onClick={() => void exportText()}>{t('tray.exportText')}</Button>
        <Button onClick={setAside}>{t('tray.setAside')}</Button>
      </div>
    </article>
  );
}
