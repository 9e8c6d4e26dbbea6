import { useState, type ReactNode } from 'react';
import { useTexts } from '../../texts/use-texts.ts';

interface MoreProps<T> {
  readonly items: readonly T[];
  readonly first: number;
  readonly children: (item: T) => ReactNode;
}

/** The first few, and all of them on request. */
export function More<T>({ items, first, children }: MoreProps<T>) {
  const { t } = useTexts();
  const [isAll, setIsAll] = useState(false);
  return (
    <>
      <ul className="home-rows">{(isAll ? items : items.slice(0, first)).map(children)}</ul>
      {!isAll && items.length > first && (
        <button type="button" className="home-more" onClick={() => setIsAll(true)}>
          {t('common.more')} {items.length}
        </button>
      )}
    </>
  );
}
