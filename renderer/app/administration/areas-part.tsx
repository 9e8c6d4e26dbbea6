/** The area tree as the directory knows it, and the import of the real one. Works without a network like any other record. */
import { Button, Tree } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useDesk, useList } from '../../core/hooks.ts';
import { Card } from '../../kit/layout/card.tsx';
import { listPath, recordPath } from '../../kit/paths.ts';
import { AreaImport } from '../../modules/index.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useMe } from '../use-me.ts';
import { areaTree } from './area-tree.ts';

const AREA = 'area';

export function AreasPart() {
  const { t } = useTexts();
  const { registry } = useDesk();
  const navigate = useNavigate();
  const me = useMe();
  const areas = useList({ entity: AREA });
  const tree = useMemo(() => areaTree(areas), [areas]);
  const within = me.grants.filter(({ role }) => registry.roles[role]?.administers).map(({ area }) => area);
  return (
    <div className="kit-columns">
      <Card
        title={t('administration.areas.title', { count: areas.length })}
        extra={
          <Button size="small" onClick={() => void navigate(listPath(AREA))}>
            {t('administration.areas.list')}
          </Button>
        }
      >
        {tree.length === 0 ? (
          <p className="kit-muted">{t('administration.areas.none')}</p>
        ) : (
          <Tree
            treeData={[...tree]}
            defaultExpandedKeys={tree.map(({ key }) => key)}
            height={440}
            titleRender={({ title, code }) => (
              <>
                {title} <span className="kit-muted kit-small">{code}</span>
              </>
            )}
            onSelect={([id]) => id !== undefined && void navigate(recordPath(String(id)))}
          />
        )}
      </Card>
      <AreaImport within={within} />
    </div>
  );
}
