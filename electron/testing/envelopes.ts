/** Sealed operations as the main process sees them: ids and sizes; their contents are opaque, so any bytes serve. */
import type { Envelope } from '../../shared/protocol/envelope.ts';

export const zhouMin = { id: 'person_01J00000000000000000000001', name: '周敏' };
export const chenGuodong = { id: 'person_01J00000000000000000000002', name: '陈国栋' };

export const operationId = (number: number): string => `operation_${String(number).padStart(26, '0')}`;

export function envelope(number: number, author: string = zhouMin.id, bytes = 60): Envelope {
  return {
    v: 1,
    id: operationId(number),
    device: 'device_01J00000000000000000000007',
    author,
    session: Buffer.alloc(65, 4).toString('base64'),
    forDistrict: Buffer.alloc(60, 5).toString('base64'),
    forStore: Buffer.alloc(60, 6).toString('base64'),
    content: Buffer.alloc(bytes, number % 251).toString('base64'),
  };
}
