/** Who meets this record: its home, and with whom it is shared. A confidential matter shows its readers instead. */
import { LockOutlined, ShareAltOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { SharedWith } from '../../../shared/core/operation.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { useDesk } from '../../core/hooks.ts';
import { useTold } from '../feedback/use-told.tsx';
import { Card } from '../layout/card.tsx';
import { useKit } from '../ports.tsx';
import { useWords } from '../words.ts';
import './share-card.css';
import type { Rights } from './rights.ts';
import { ShareDialog } from './share-dialog.tsx';
import { homeViewers, sharesOf } from './who-sees.ts';

interface ShareCardProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly rights: Rights;
}

export function ShareCard({ entity, record, rights }: ShareCardProps) {
  const { t } = useWords();
  const desk = useDesk();
  const [isSharing, setSharing] = useState(false);
  const viewers = homeViewers(record, entity, desk);
  const shares = sharesOf(record);
  if (!viewers) return null;
  const isConfidential = viewers.kind === 'readers';
  return (
    <Card
      title={
        isConfidential ? (
          <span className="kit-confidential">
            <LockOutlined aria-hidden /> {t('sharing.confidential')} · {t('sharing.title')}
          </span>
        ) : (
          t('sharing.title')
        )
      }
      extra={
        rights.share && (
          <Button size="small" icon={<ShareAltOutlined />} onClick={() => setSharing(true)}>
            {t('sharing.share')}
          </Button>
        )
      }
    >
      {viewers.kind === 'readers' ? (
        <Readers people={viewers.people} mayChange={rights.change && viewers.people.length > 0} />
      ) : (
        <Home viewers={viewers} />
      )}
      {shares.length > 0 && (
        <Shares entity={entity} record={record} shares={shares} mayTake={rights.unshare} />
      )}
      {isSharing && <ShareDialog entity={entity} record={record} onClose={() => setSharing(false)} />}
    </Card>
  );
}

interface HomeProps {
  readonly viewers:
    | { readonly kind: 'area'; readonly area: string }
    | { readonly kind: 'person'; readonly person: string };
}

function Home({ viewers }: HomeProps) {
  const { t } = useWords();
  const { areaName, personName } = useKit();
  return (
    <p>
      {viewers.kind === 'area'
        ? t('sharing.area', { where: areaName(viewers.area) })
        : t('sharing.person', { who: personName(viewers.person) })}
    </p>
  );
}

function Readers({ people, mayChange }: { readonly people: readonly string[]; readonly mayChange: boolean }) {
  const { t } = useWords();
  const { personName } = useKit();
  if (people.length === 0) return <p>{t('sharing.readersUnknown')}</p>;
  return (
    <>
      <p>{t('sharing.readers')}</p>
      <ul className="kit-members kit-readers">
        {people.map((id) => (
          <li key={id} className="kit-member">
            {personName(id)}
          </li>
        ))}
      </ul>
      {mayChange && <p className="kit-muted kit-small">{t('sharing.readersHint')}</p>}
    </>
  );
}

interface SharesProps {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly shares: readonly SharedWith[];
  readonly mayTake: boolean;
}

function Shares({ entity, record, shares, mayTake }: SharesProps) {
  const { language, t } = useWords();
  const desk = useDesk();
  const { areaName, personName } = useKit();
  const { message } = App.useApp();
  const tell = useTold();
  const take = async (other: SharedWith): Promise<void> => {
    const command = { kind: 'unshare', entity: entity.name, record: record.id, with: other } as const;
    const outcome = await desk.run(command);
    if (outcome.ok) tell(command, record);
    else void message.error(refusalSentence(outcome.error, language));
  };
  return (
    <>
      <h3 className="kit-share-head">{t('sharing.shared')}</h3>
      <ul className="kit-shares">
        {shares.map((other) => {
          const who = 'person' in other ? personName(other.person) : areaName(other.area);
          return (
            <li key={JSON.stringify(other)}>
              <span>{who}</span>
              {mayTake && (
                <Button
                  type="link"
                  size="small"
                  aria-label={t('sharing.takeOf', { who })}
                  onClick={() => void take(other)}
                >
                  {t('sharing.take')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
