/** Between the door and the desk: honest about what is being read, and a way out where it fails. */
import { useEffect, useState, type ComponentType } from 'react';
import type { BridgeOutput, Session } from '../../../shared/bridge.ts';
import type { Desk } from '../../core/desk.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { NEWER_STORE } from '../../core/store/store.ts';
import type { OpenSession } from './open-session.ts';
import type { DeskWindowProps } from '../desk/window-props.ts';
import { DoorFrame } from '../door/door-frame.tsx';
import { BrokenWindow } from '../errors/broken-window.tsx';
import { ErrorBoundary } from '../errors/error-boundary.tsx';
import { newReference } from '../errors/reference.ts';

interface OpeningScreenProps extends Omit<DeskWindowProps, 'desk'> {
  readonly openSession: OpenSession;
  readonly door: BridgeOutput<'door.state'>;
  readonly session: Session;
}

interface Opened {
  readonly desk: Desk;
  readonly Window: ComponentType<DeskWindowProps>;
}

export function OpeningScreen({ openSession, ...given }: OpeningScreenProps) {
  const { t } = useTexts();
  const { session } = given;
  const [opened, setOpened] = useState<Opened>();
  const [progress, setProgress] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const [isNewer, setNewer] = useState(false);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isCurrent = true;
    const opening = openSession(session, (now) => {
      if (isCurrent) setProgress(now);
    });
    Promise.all([opening, import('../desk/desk-window.tsx')]).then(
      ([desk, { DeskWindow }]) => {
        if (isCurrent) setOpened({ desk, Window: DeskWindow });
        else void desk.close();
      },
      (error: unknown) => {
        if (!isCurrent) return;
        if (error instanceof Error && error.message === NEWER_STORE) setNewer(true);
        else setFailure(newReference(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [openSession, session, attempt]);

  if (opened) {
    return (
      <ErrorBoundary
        place="window"
        broken={(reference, again) => <BrokenWindow reference={reference} onAgain={again} />}
      >
        <opened.Window desk={opened.desk} {...given} />
      </ErrorBoundary>
    );
  }
  if (isNewer) return <DoorFrame title={t('opening.newer')} lead={t('opening.newerHint')} />;
  if (failure !== undefined) {
    return (
      <DoorFrame title={t('opening.failed')} lead={t('opening.failedHint')}>
        <div className="door-form">
          <p className="door-problem" role="alert">
            {t('errors.reference', { reference: failure })}
          </p>
          <button
            className="door-submit"
            type="button"
            onClick={() => {
              setFailure(undefined);
              setAttempt(attempt + 1);
            }}
          >
            {t('common.retry')}
          </button>
        </div>
      </DoorFrame>
    );
  }
  return (
    <DoorFrame title={t('opening.title', { name: session.person.name })} lead={t('opening.line')}>
      <progress
        className="door-progress"
        aria-label={t('opening.line')}
        {...(progress !== undefined && { value: progress })}
      />
      {progress !== undefined && (
        <p className="door-hint">{t('opening.records', { percent: Math.round(progress * 100) })}</p>
      )}
    </DoorFrame>
  );
}
