/** Always in view and one key away (Ctrl+K): type, ↑ ↓, Enter. A combobox, so that a screen reader tells what is chosen. */
import { SearchOutlined } from '@ant-design/icons';
import {
  useDeferredValue,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { useNavigate } from 'react-router';
import { useDesk, useDrafts, useHits } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { isComposing } from '../door/composing.ts';
import { findAll, type Found } from './find.ts';
import { FoundList } from './found-list.tsx';
import './search.css';

interface SearchBoxProps {
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onLock: () => void;
}

export function SearchBox({ inputRef, onLock }: SearchBoxProps) {
  const texts = useTexts();
  const { t } = texts;
  const desk = useDesk();
  const drafts = useDrafts();
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState(0);
  const sought = useDeferredValue(text);
  const hits = useHits(sought, undefined, 12);
  const found = useMemo(
    () => (isOpen ? findAll({ text: sought, hits, drafts, desk, texts }) : []),
    [isOpen, sought, hits, drafts, desk, texts],
  );
  const current = Math.min(chosen, found.length - 1);
  const box = useRef<HTMLDivElement>(null);

  const close = (): void => {
    setIsOpen(false);
    setChosen(0);
  };
  const open = ({ target }: Found): void => {
    close();
    setText('');
    inputRef.current?.blur();
    if ('path' in target) void navigate(target.path);
    else if (target.action === 'sync') desk.syncNow();
    else onLock();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event)) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setIsOpen(true);
      setChosen((Math.max(current, 0) + (isOpen ? step : 0) + found.length) % Math.max(found.length, 1));
    } else if (event.key === 'Enter') {
      // What is on the screen may be a keystroke behind; the text is not.
      const now =
        sought === text
          ? found
          : findAll({ text, hits: desk.search(text, { limit: 12 }), drafts, desk, texts });
      const item = now[sought === text ? current : 0];
      if (item) open(item);
    } else if (event.key === 'Escape') {
      if (text === '') inputRef.current?.blur();
      setText('');
      close();
    }
  };

  return (
    <div
      className="search"
      ref={box}
      role="search"
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) close();
      }}
    >
      <div className="search-input">
        <SearchOutlined aria-hidden="true" />
        <input
          ref={inputRef}
          role="combobox"
          aria-label={t('search.label')}
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          {...(isOpen && current >= 0 && { 'aria-activedescendant': `${listId}-${current}` })}
          placeholder={t('search.placeholder')}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={text}
          onFocus={() => setIsOpen(true)}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
            setIsOpen(true);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd aria-hidden="true">{t('search.keys')}</kbd>
      </div>
      {isOpen && (
        <FoundList
          id={listId}
          text={sought}
          found={found}
          chosen={current}
          onChoose={setChosen}
          onOpen={open}
        />
      )}
    </div>
  );
}
