/** A name that Windows and Linux both take, and that leads nowhere: the page proposes it, so it is not trusted. */
export function safeFileName(proposed: string): string {
  const plain = [...proposed.normalize('NFC')]
    .filter((character) => !/[\p{Cc}\p{Cf}]/u.test(character))
    .join('')
    .replace(/[<>:"/\\|?*]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain);
  return (reserved ? `_${plain}` : plain).slice(0, 120) || '未命名';
}
