/** For those who keep accounts: people, computers, areas, what waits, and whether the district is backed up. */
import { Tabs } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { useDesk } from '../../core/hooks.ts';
import { NotHere } from '../../kit/layout/not-here.tsx';
import { Surface } from '../../kit/layout/surface.tsx';
import { administrationPath } from '../../kit/paths.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { mayAdminister } from '../desk/rights.ts';
import { useMe } from '../use-me.ts';
import './administration.css';
import { AreasPart } from './areas-part.tsx';
import { DevicesPart } from './devices-part.tsx';
import { HealthPart } from './health-part.tsx';
import { HeldPart } from './held-part.tsx';
import { PeoplePart } from './people-part.tsx';
import { RecoveredPart } from './recovered-part.tsx';

const PARTS = {
  people: PeoplePart,
  devices: DevicesPart,
  areas: AreasPart,
  held: WaitingPart,
  health: HealthPart,
} as const;
type Part = keyof typeof PARTS;
const parts = Object.keys(PARTS) as readonly Part[];

/** What the district keeps waiting, and what waits for the administrator after a restoration. */
function WaitingPart() {
  return (
    <div className="kit-stack">
      <RecoveredPart />
      <HeldPart />
    </div>
  );
}

export function AdministrationPage() {
  const { t } = useTexts();
  const { registry } = useDesk();
  const me = useMe();
  const navigate = useNavigate();
  const { part } = useParams();
  if (!mayAdminister(registry, me))
    return <NotHere title={t('administration.notYours')} hint={t('administration.notYoursHint')} />;
  return (
    <Surface className="kit-page administration">
      <h1>{t('administration.title')}</h1>
      <Tabs
        activeKey={parts.find((known) => known === part) ?? 'people'}
        onChange={(chosen) => void navigate(administrationPath(chosen))}
        destroyOnHidden
        items={parts.map((name) => {
          const Part = PARTS[name];
          return { key: name, label: t(`administration.parts.${name}`), children: <Part /> };
        })}
      />
    </Surface>
  );
}
