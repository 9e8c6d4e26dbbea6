/**
 * From a file that somebody gives to what a record may hold. Its own bytes say what it is. A photograph is drawn anew, upright and not larger
 * than paper needs: whatever else it carried (where it was taken, with which telephone) stays behind. A PDF is kept as it is and never
 * opened here.
 */
import { tidyFileName } from '../../../shared/core/attachment/file-name.ts';
import { fileTypes, sniffFileType, type FileType } from '../../../shared/core/attachment/file-type.ts';
import type { Attachment, AttachmentsField } from '../../../shared/core/field/attachments.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';

export interface PreparedFile {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly named: Pick<Attachment, 'name' | 'type' | 'width' | 'height' | 'thumbnail'>;
  /** It was larger than it needs to be, and is smaller now. */
  readonly isScaled: boolean;
}

export type FileFault = 'fileType' | 'fileTooLarge' | 'unreadable';

/** An A4 page at 250 dots an inch. */
const LONGEST_SIDE = 3000;
const THUMBNAIL_SIDE = 160;
const THUMBNAIL_CHARACTERS = 5464;
const QUALITY = 0.85;
/** Larger ones are not even read; a photograph may shrink by being drawn anew, so more than the field takes may come in. */
const MOST_GIVEN = 64 * 1024 * 1024;

export async function prepareFile(
  file: File,
  { accept, mostBytes }: Pick<AttachmentsField, 'accept' | 'mostBytes'>,
  fallback: string,
): Promise<Result<PreparedFile, FileFault>> {
  if (file.size > MOST_GIVEN) return refuse('fileTooLarge');
  const given = new Uint8Array(await file.arrayBuffer());
  const type = sniffFileType(given);
  if (!type || !accept.includes(type)) return refuse('fileType');
  const prepared = fileTypes[type].isImage
    ? await drawnAnew(given, type)
    : { content: given, type, isScaled: false };
  if (!prepared) return refuse('unreadable');
  const { content, isScaled, ...named } = prepared;
  if (content.length > mostBytes) return refuse('fileTooLarge');
  const name = tidyFileName(file.name, named.type, fallback);
  return ok({ content, isScaled, named: { ...named, name } });
}

async function drawnAnew(given: Uint8Array<ArrayBuffer>, type: FileType) {
  // Upright, as the camera says that it was held.
  const picture = await createImageBitmap(new Blob([given], { type })).catch(() => undefined);
  if (!picture) return undefined;
  try {
    const { width, height } = picture;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    const canvas = draw(picture, Math.round(width * scale), Math.round(height * scale));
    const blob = canvas && (await encoded(canvas, type, QUALITY));
    if (!canvas || !blob) return undefined;
    const thumbnail = await thumbnailOf(picture);
    return {
      content: new Uint8Array(await blob.arrayBuffer()),
      type,
      width: canvas.width,
      height: canvas.height,
      isScaled: scale < 1,
      ...(thumbnail !== undefined && { thumbnail }),
    };
  } finally {
    picture.close();
  }
}

/** As good as fits into what every record carries along. */
async function thumbnailOf(picture: ImageBitmap): Promise<string | undefined> {
  for (const [side, quality] of [
    [THUMBNAIL_SIDE, 0.7],
    [THUMBNAIL_SIDE, 0.5],
    [THUMBNAIL_SIDE * 0.75, 0.4],
    [THUMBNAIL_SIDE / 2, 0.4],
  ] as const) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = draw(
      picture,
      Math.max(1, Math.round(picture.width * scale)),
      Math.max(1, Math.round(picture.height * scale)),
    );
    const text = canvas?.toDataURL('image/jpeg', quality).split(',', 2)[1] ?? '';
    if (text !== '' && text.length <= THUMBNAIL_CHARACTERS) return text;
  }
  return undefined;
}

function draw(picture: ImageBitmap, width: number, height: number): HTMLCanvasElement | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  // Where a picture lets something through, paper is white.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

const encoded = (canvas: HTMLCanvasElement, type: FileType, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, type, quality));
