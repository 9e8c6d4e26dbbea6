import { useEffect, useRef } from 'react';
import { useTexts } from '../../texts/use-texts.ts';
import type { Found } from './find.ts';

interface FoundListProps {
  readonly id: string;
  readonly text: string;
  readonly found: readonly Found[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onOpen: (item: Found) => void;
}

export function FoundList({ id, text, found, chosen, onChoose, onOpen }: FoundListProps) {
  const { t } = useTexts();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const hasNoRecord =
    text.trim() !== '' && !found.some(({ group }) => group === 'records' || group === 'drafts');
  return (
    <div className="search-panel">
      {hasNoRecord && (
        <div className="search-none" role="status">
          <p>{t('search.none', { text: text.trim() })}</p>
          <p>{t('search.noneHint')}</p>
        </div>
      )}
      <div className="search-list" role="listbox" id={id} aria-label={t('search.results')} ref={list}>
        {found.map((item, index) => (
          <div key={item.id}>
            {item.group !== found[index - 1]?.group && (
              <p className="search-group" role="presentation">
                {t(`search.${item.group}`)}
              </p>
            )}
            <div
              role="option"
              id={`${id}-${index}`}
              aria-selected={index === chosen}
              className="search-option"
              onMouseMove={() => onChoose(index)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onOpen(item)}
            >
              <span className="search-title">{item.title}</span>
              {item.detail !== undefined && <span className="search-detail">{item.detail}</span>}
              <span className="search-label">{item.label}</span>
            </div>
          </div>
        ))}
      </div>
      <p className="search-hint">{t('search.hint')}</p>
    </div>
  );
}
