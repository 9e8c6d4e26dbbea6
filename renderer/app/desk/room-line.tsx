import { Alert } from 'antd';
import { useSync } from '../../core/hooks.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** Before the disk is full, while there is still time to make room. */
export function RoomLine() {
  const { t } = useTexts();
  const { roomLeft, problem } = useSync();
  if (roomLeft === undefined) return null;
  const isStopped = problem === 'no-room';
  return (
    <Alert
      type={isStopped ? 'error' : 'warning'}
      banner
      showIcon
      title={t(isStopped ? 'sync.roomNone' : 'sync.roomLow', { left: roomLeft })}
    />
  );
}
