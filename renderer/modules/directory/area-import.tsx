/** Brings the published area tree into the directory: says how many are new, creates those in groups, never touches what is there. */
import { App, Button, Progress } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { Command } from '../../../shared/core/command.ts';
import type { Language } from '../../../shared/core/label.ts';
import { refusalSentence } from '../../../shared/core/refusal.ts';
import { inGroups, planImport, type NewArea } from '../../../shared/modules/directory/area-import.ts';
import { useDesk, useList } from '../../core/hooks.ts';
import { Card } from '../../kit/layout/card.tsx';
import { useWords } from '../../kit/words.ts';

const AREA = 'area';

export function AreaImport({ within }: { readonly within: readonly string[] }) {
  const { language, t } = useWords();
  const desk = useDesk();
  const { message } = App.useApp();
  const published = usePublished();
  const here = useList({ entity: AREA });
  const withdrawn = useList({ entity: AREA, withdrawn: true });
  const [done, setDone] = useState<number>();
  const plan = useMemo(() => {
    const known = [...here, ...withdrawn].map(({ values }) => String(values['code']));
    return published && planImport(published, { known, within });
  }, [published, here, withdrawn, within]);

  const carryOut = async (fresh: readonly NewArea[]): Promise<void> => {
    let count = 0;
    setDone(0);
    for (const group of inGroups(fresh)) {
      const outcome = await desk.runAll(group.map((area) => creation(desk.newId(AREA), area)));
      if (!outcome.ok) {
        void message.error(t('areas.stopped', { n: count, why: refusalSentence(outcome.error, language) }));
        break;
      }
      count += group.length;
      setDone(count);
    }
    setDone(undefined);
    if (count === fresh.length) void message.success(t('areas.imported', { n: count }));
  };
  const [total, setTotal] = useState(0);
  return (
    <Card title={t('areas.title')}>
      <div className="kit-stack">
        <p>{t('areas.lead')}</p>
        {plan && done === undefined && (
          <p role="status">
            {plan.fresh.length === 0
              ? t('areas.nothing', { n: plan.known })
              : t('areas.preview', {
                  n: plan.fresh.length,
                  known: plan.known,
                  levels: levelsOf(plan.fresh, language, t),
                })}
          </p>
        )}
        {done !== undefined && (
          <Progress
            percent={total === 0 ? 0 : Math.round((100 * done) / total)}
            aria-label={t('areas.importing', { n: done, total })}
          />
        )}
        <div>
          <Button
            type="primary"
            disabled={!plan || plan.fresh.length === 0}
            loading={done !== undefined}
            onClick={() => {
              if (!plan) return;
              setTotal(plan.fresh.length);
              void carryOut(plan.fresh);
            }}
          >
            {t('areas.import')}
          </Button>
        </div>
        <p className="kit-muted kit-small">{t('areas.source')}</p>
      </div>
    </Card>
  );
}

const creation = (record: string, { home, values }: NewArea): Command => ({
  kind: 'create',
  entity: AREA,
  record,
  area: home,
  values,
});

type Words = ReturnType<typeof useWords>['t'];

const LEVELS = ['district', 'subdistrict', 'committee'] as const;

/** How many of each level; a level of which nothing is new is not worth a word. */
function levelsOf(fresh: readonly NewArea[], language: Language, t: Words): string {
  return LEVELS.map((level) => ({ level, n: fresh.filter(({ values }) => values.level === level).length }))
    .filter(({ n }) => n > 0)
    .map(({ level, n }) => t(`areas.levels.${level}`, { n }))
    .join(language === 'zh' ? '、' : ', ');
}

/** Fetched when somebody comes here: nobody else needs a thousand names. */
function usePublished(): Readonly<Record<string, string>> | undefined {
  const [published, setPublished] = useState<Readonly<Record<string, string>>>();
  useEffect(() => {
    let isCurrent = true;
    void import('../../../shared/modules/directory/shanghai-areas.json').then((list) => {
      if (isCurrent) setPublished(list.default.areas);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return published;
}
