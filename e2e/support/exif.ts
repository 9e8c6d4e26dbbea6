/**
 * A photograph as a telephone writes it: the same picture, with where it was taken and with what in its EXIF (TIFF 6.0, big-endian, two
 * directories), which is what a stranger would read first.
 */
const SHORT_TEXT = 2;
const LONG = 4;
const RATIONAL = 5;

export const CAMERA = 'LINLI-PHONE-7';
/** Degrees, minutes, seconds. */
const PLACE = { north: [31, 12, 3], east: [121, 27, 9] } as const;

/** @returns the photograph with its place; `place` are the bytes that say it, to be looked for elsewhere */
export function takenAt(jpeg: Buffer): { readonly photo: Buffer; readonly place: Buffer } {
  const [north, east] = [degrees(PLACE.north), degrees(PLACE.east)];
  const camera = Buffer.from(`${CAMERA}\0`, 'latin1');
  const first = 8;
  const second = first + 2 + 2 * 12 + 4;
  const beyond = second + 2 + 4 * 12 + 4;
  const tiff = Buffer.concat([
    Buffer.from([0x4d, 0x4d, 0x00, 0x2a]),
    long(first),
    directory([
      [0x0110, SHORT_TEXT, camera.length, long(beyond + north.length + east.length)],
      [0x8825, LONG, 1, long(second)],
    ]),
    directory([
      [0x0001, SHORT_TEXT, 2, Buffer.from('N\0\0\0', 'latin1')],
      [0x0002, RATIONAL, 3, long(beyond)],
      [0x0003, SHORT_TEXT, 2, Buffer.from('E\0\0\0', 'latin1')],
      [0x0004, RATIONAL, 3, long(beyond + north.length)],
    ]),
    north,
    east,
    camera,
  ]);
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1]), short(content.length + 2), content]);
  return { photo: Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]), place: north };
}

type Entry = readonly [tag: number, type: number, count: number, value: Buffer];

const directory = (entries: readonly Entry[]): Buffer =>
  Buffer.concat([
    short(entries.length),
    ...entries.map(([tag, type, count, value]) =>
      Buffer.concat([short(tag), short(type), long(count), value]),
    ),
    long(0),
  ]);

const degrees = (parts: readonly number[]): Buffer =>
  Buffer.concat(parts.flatMap((part) => [long(part), long(1)]));

function short(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function long(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
