/** The light page around enrolment and lock: no UI library, so that it stands at once. */
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import { Logo } from '../../theme/logo.tsx';
import './door.css';
import { Lane } from './lane.tsx';

interface DoorFrameProps {
  readonly title: string;
  readonly lead?: string;
  readonly children?: ReactNode;
  readonly footer?: ReactNode;
}

export function DoorFrame({ title, lead, children, footer }: DoorFrameProps) {
  const { t } = useTexts();
  return (
    <div className="door">
      <aside className="door-side">
        <div className="door-brand">
          <Logo size="2.75rem" />
          <div>
            <p className="door-name">{t('name')}</p>
            <p className="door-motto">{t('motto')}</p>
          </div>
        </div>
        <Lane />
      </aside>
      <main className="door-main">
        <div className="door-card">
          <h1>{title}</h1>
          {lead !== undefined && <p className="door-lead">{lead}</p>}
          {children}
        </div>
        {footer !== undefined && <div className="door-footer">{footer}</div>}
      </main>
    </div>
  );
}
