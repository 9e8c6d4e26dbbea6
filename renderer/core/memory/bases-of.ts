/** Records as they come from the district, as bases that share what they have in common. */
import type { RecordState } from '../../../shared/core/record.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import { upcastRecord } from '../../../shared/core/upcast.ts';
import { basesIn, joinedTexts, type Base } from '../store/base.ts';
import { linesOf } from './lines-of.ts';

export interface Arrived {
  /** The scope through which it is kept. */
  readonly via: string;
  readonly record: RecordState;
  /** The same as the UTF-8 in which it came, where it may be kept so. */
  readonly text?: Uint8Array | undefined;
}

const encoder = new TextEncoder();

export function basesOf(
  arrived: readonly Arrived[],
  epoch: string,
  { entities }: Pick<Registry, 'entities'>,
): readonly Base[] {
  const groups = new Map<string, Arrived[]>();
  for (const one of arrived) {
    const name = `${one.record.entity} ${one.via}`;
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return [...groups.values()].flatMap((group) => {
    const records = group.map(({ record }) => record);
    const [{ via, record: first } = { via: '', record: undefined }] = group;
    const entity = entities.get(first?.entity ?? '');
    const { body, ends } = joinedTexts(
      group.map(({ record, text }) => text ?? encoder.encode(JSON.stringify(record))),
    );
    return basesIn({
      entity: first?.entity ?? '',
      via,
      epoch,
      ids: records.map(({ id }) => id),
      seqs: records.map(({ seq }) => seq),
      body: () => body,
      ends,
      lines:
        entity &&
        linesOf(
          entity,
          records.map((record) => upcastRecord(record, entity)),
        ),
    });
  });
}
