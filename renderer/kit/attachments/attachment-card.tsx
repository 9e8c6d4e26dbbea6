/** One attachment: its small picture, which needs no file, its name, its size, and where it lies in words. */
import { FileImageOutlined, FilePdfOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Attachment } from '../../../shared/core/field/attachments.ts';
import type { AttachmentPlace } from '../../core/desk/attachments.ts';
import { useWords } from '../words.ts';
import { showSize } from './size-words.ts';
import './attachments.css';

interface AttachmentCardProps {
  readonly attachment: Attachment;
  readonly place: AttachmentPlace | undefined;
  readonly onOpen: () => void;
  readonly isBusy?: boolean;
  readonly children?: ReactNode;
}

export function AttachmentCard({ attachment, place, onOpen, isBusy = false, children }: AttachmentCardProps) {
  const { t } = useWords();
  const { name, size, thumbnail, type } = attachment;
  return (
    <li className="kit-attachment">
      <button type="button" onClick={onOpen} aria-label={t('attachments.open', { name })} disabled={isBusy}>
        {thumbnail === undefined ? (
          <span className="kit-attachment-icon" aria-hidden>
            {type === 'application/pdf' ? <FilePdfOutlined /> : <FileImageOutlined />}
          </span>
        ) : (
          <img src={`data:image/jpeg;base64,${thumbnail}`} alt="" />
        )}
        <span className="kit-attachment-name">{name}</span>
        <span className="kit-muted">
          {showSize(size)}
          {place && ` · ${t(isBusy ? 'attachments.fetching' : `attachments.place.${place}`)}`}
        </span>
      </button>
      {children}
    </li>
  );
}
