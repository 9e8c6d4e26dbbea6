import { Modal } from 'antd';
import { useTexts, type TextKey } from '../../texts/use-texts.ts';

const KEYS: readonly (readonly [string, TextKey])[] = [
  ['Ctrl + K', 'keys.search'],
  ['Ctrl + L', 'keys.lock'],
  ['Ctrl + S', 'keys.save'],
  ['Alt + 1…9', 'keys.pages'],
  ['↑ ↓ Enter', 'keys.move'],
  ['Esc', 'keys.escape'],
  ['F1', 'keys.help'],
];

export function KeysList() {
  const { t } = useTexts();
  return (
    <dl className="keys-list">
      {KEYS.map(([keys, what]) => (
        <div key={keys}>
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{t(what)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface KeysHelpProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function KeysHelp({ isOpen, onClose }: KeysHelpProps) {
  const { t } = useTexts();
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t('keys.title')} width="30rem">
      <KeysList />
    </Modal>
  );
}
