/** The attachments of a record or a form. A picture opens large; a PDF is saved and read outside: nothing of it runs in here. */
import { App } from 'antd';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { fileTypes } from '../../../shared/core/attachment/file-type.ts';
import type { Attachment } from '../../../shared/core/field/attachments.ts';
import { useDesk } from '../../core/hooks.ts';
import { useKit } from '../ports.tsx';
import { useWords } from '../words.ts';
import { AttachmentCard } from './attachment-card.tsx';
import { usePlaces } from './use-places.ts';

const PictureDialog = lazy(() =>
  import('./picture-dialog.tsx').then(({ PictureDialog: dialog }) => ({ default: dialog })),
);

interface AttachmentsListProps {
  readonly attachments: readonly Attachment[];
  readonly name?: string;
  readonly action?: (attachment: Attachment) => ReactNode;
}

export function AttachmentsList({ attachments, name, action }: AttachmentsListProps) {
  const { t } = useWords();
  const desk = useDesk();
  const { message } = App.useApp();
  const { saveFile } = useKit();
  const places = usePlaces(attachments);
  const [opened, setOpened] = useState<string>();
  const [busy, setBusy] = useState<string>();

  async function save(attachment: Attachment): Promise<void> {
    setBusy(attachment.id);
    const content = await desk.attachments.open(attachment);
    setBusy(undefined);
    if (!content.ok) return void message.error(t(`attachments.trouble.${content.error}`));
    await saveFile({ name: attachment.name, bytes: content.value });
  }
  return (
    <>
      <ul className="kit-attachments" {...(name !== undefined && { 'aria-label': name })}>
        {attachments.map((one) => (
          <AttachmentCard
            key={one.id}
            attachment={one}
            place={places.get(one.id)}
            isBusy={busy === one.id}
            onOpen={() => (fileTypes[one.type].isImage ? setOpened(one.id) : void save(one))}
          >
            {action?.(one)}
          </AttachmentCard>
        ))}
      </ul>
      {opened !== undefined && (
        <Suspense fallback={null}>
          <PictureDialog
            pictures={attachments.filter(({ type }) => fileTypes[type].isImage)}
            first={opened}
            onClose={() => setOpened(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
