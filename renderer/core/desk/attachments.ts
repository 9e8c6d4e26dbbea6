/** What a screen may ask of the desk about attachments. */
import type { Attachment } from '../../../shared/core/field/attachments.ts';
import type { Result } from '../../../shared/core/result.ts';

/** `waiting`: on this computer, the district lacks it; `kept`: here and there; `absent`: to be fetched when somebody opens it. */
export type AttachmentPlace = 'waiting' | 'kept' | 'absent';

/** `absent`: not at the district yet, either; `unreachable`: no line; `damaged`: not what the record means; `storage`: this computer's disk. */
export type AttachmentTrouble = 'absent' | 'unreachable' | 'damaged' | 'storage';

export interface DeskAttachments {
  /** Sealed and durable on this computer when it comes back; part of no record before a form is saved. */
  readonly add: (
    content: Uint8Array<ArrayBuffer>,
    named: Pick<Attachment, 'name' | 'type' | 'width' | 'height' | 'thumbnail'>,
  ) => Promise<Result<Attachment, AttachmentTrouble>>;
  /** From this computer, or fetched. */
  readonly open: (attachment: Attachment) => Promise<Result<Uint8Array<ArrayBuffer>, AttachmentTrouble>>;
  readonly places: (attachments: readonly Attachment[]) => Promise<readonly AttachmentPlace[]>;
}
