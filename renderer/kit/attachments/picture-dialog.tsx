/** Pictures at their full size, one after the other: arrow keys turn the page, plus and minus look closer. */
import {
  LeftOutlined,
  RightOutlined,
  SaveOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useEffect, useState, type KeyboardEvent } from 'react';
import type { Attachment } from '../../../shared/core/field/attachments.ts';
import { useDesk } from '../../core/hooks.ts';
import { useFocusBack } from '../layout/use-focus-back.ts';
import { useKit } from '../ports.tsx';
import { useWords, type KitKey } from '../words.ts';

interface PictureDialogProps {
  readonly pictures: readonly Attachment[];
  /** Id of the first one shown. */
  readonly first: string;
  readonly onClose: () => void;
}

interface Shown {
  readonly id: string;
  readonly url?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly trouble?: KitKey;
}

const CLOSEST = 4;

export function PictureDialog({ pictures, first, onClose }: PictureDialogProps) {
  useFocusBack();
  const { t } = useWords();
  const { saveFile } = useKit();
  const [index, setIndex] = useState(
    Math.max(
      0,
      pictures.findIndex(({ id }) => id === first),
    ),
  );
  const [zoom, setZoom] = useState(1);
  const picture = pictures[index];
  const shown = useContent(picture);
  if (!picture) return null;
  const turn = (by: number): void => {
    setZoom(1);
    setIndex((index + by + pictures.length) % pictures.length);
  };
  const closer = (by: number): void => setZoom(Math.min(CLOSEST, Math.max(1, zoom + by)));
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === 'ArrowLeft') turn(-1);
    if (key === 'ArrowRight') turn(1);
    if (key === '+' || key === '=') closer(1);
    if (key === '-') closer(-1);
  };
  const { bytes } = shown;
  return (
    <Modal open title={picture.name} footer={null} onCancel={onClose} width="min(70rem, 96vw)" centered>
      <div className="kit-picture" onKeyDown={onKeyDown}>
        <div className="kit-picture-frame" tabIndex={0} role="group" aria-label={picture.name}>
          {shown.url === undefined ? (
            <p role="status">{t(shown.trouble ?? 'attachments.fetching')}</p>
          ) : (
            <img
              src={shown.url}
              alt={picture.name}
              {...(zoom > 1 && { style: { width: `${zoom * 100}%`, maxHeight: 'none', maxWidth: 'none' } })}
            />
          )}
        </div>
        <div className="kit-row kit-picture-foot">
          {pictures.length > 1 && (
            <>
              <Button icon={<LeftOutlined />} onClick={() => turn(-1)}>
                {t('attachments.previous')}
              </Button>
              <Button icon={<RightOutlined />} onClick={() => turn(1)}>
                {t('attachments.next')}
              </Button>
            </>
          )}
          <Button icon={<ZoomInOutlined />} onClick={() => closer(1)}>
            {t('attachments.closer')}
          </Button>
          <Button icon={<ZoomOutOutlined />} disabled={zoom === 1} onClick={() => closer(-1)}>
            {t('attachments.further')}
          </Button>
          {bytes && (
            <Button icon={<SaveOutlined />} onClick={() => void saveFile({ name: picture.name, bytes })}>
              {t('attachments.save')}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

/** Opened, verified, and handed to the page as that picture and as nothing else. */
function useContent(picture: Attachment | undefined): Shown {
  const desk = useDesk();
  const [shown, setShown] = useState<Shown>({ id: '' });
  useEffect(() => {
    if (!picture) return undefined;
    let url: string | undefined;
    let isCurrent = true;
    void desk.attachments.open(picture).then((opened) => {
      if (!isCurrent) return;
      const { id, type } = picture;
      if (!opened.ok) return setShown({ id, trouble: `attachments.trouble.${opened.error}` });
      url = URL.createObjectURL(new Blob([opened.value], { type }));
      setShown({ id, url, bytes: opened.value });
    });
    return () => {
      isCurrent = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [desk, picture]);
  return shown.id === picture?.id ? shown : { id: '' };
}
