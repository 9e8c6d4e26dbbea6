/** The thread that seals what is large: one question, one answer. It keeps no key and no text between two questions. */
import { sealRow } from './seal-row.ts';
import type { SealAnswer, SealQuestion } from './sealer.ts';

const answer = (said: SealAnswer, ...transfer: readonly Transferable[]): void =>
  self.postMessage(said, { transfer: [...transfer] });

self.addEventListener('message', ({ data: { number, row } }: MessageEvent<SealQuestion>) => {
  void sealRow(row).then(
    (bytes) => answer({ number, bytes }, bytes.buffer),
    // The page tries it itself, and what goes wrong there has a name.
    () => answer({ number, bytes: undefined }),
  );
});
