/** Where each attachment lies now: asked again when something has come or gone. */
import { useEffect, useState } from 'react';
import type { Attachment } from '../../../shared/core/field/attachments.ts';
import type { AttachmentPlace } from '../../core/desk/attachments.ts';
import { useDesk, useTopic } from '../../core/hooks.ts';

export function usePlaces(attachments: readonly Attachment[]): ReadonlyMap<string, AttachmentPlace> {
  const desk = useDesk();
  const version = useTopic('attachments');
  const [places, setPlaces] = useState<ReadonlyMap<string, AttachmentPlace>>(new Map());
  const files = attachments.map(({ file }) => file).join();
  useEffect(() => {
    let isCurrent = true;
    void desk.attachments.places(attachments).then(
      (found) => {
        if (isCurrent) setPlaces(new Map(attachments.map(({ id }, index) => [id, found[index] ?? 'absent'])));
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
    // The files say which attachments; a new list of the same ones is no news.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [desk, version, files]);
  return places;
}
