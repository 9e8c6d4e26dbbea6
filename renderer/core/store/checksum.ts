/** FNV-1a, 32 bits: notices accidents, not attackers. */
export function checksum(text: string, bytes: Uint8Array = new Uint8Array()): number {
  let hash = 0x811c9dc5;
  const add = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193);
  };
  for (let index = 0; index < text.length; index++) add(text.charCodeAt(index));
  for (const byte of bytes) add(byte);
  return hash >>> 0;
}
