/**
 * The address that a person types at enrolment → the origin to speak to. Without a scheme it is https. Plain http is taken only on
 * this machine or inside a private network, where the district's server may stand without a certificate.
 */
export function districtAddress(text: string): string | undefined {
  const typed = text.trim().replaceAll('：', ':').replaceAll('。', '.').replace(/^\/+/, '');
  const local = /^(localhost|127\.|\[::1\])/i.test(typed);
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed)
    ? typed
    : `${local ? 'http' : 'https'}://${typed}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    return undefined;
  }
  if (url.username || url.password || url.search || url.hash || !['', '/'].includes(url.pathname))
    return undefined;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isPrivate(url.hostname))) return undefined;
  return url.origin;
}

function isPrivate(host: string): boolean {
  return (
    /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|\[f[cd])/i.test(host) ||
    /\.(local|lan|internal)$/i.test(host) ||
    !host.includes('.')
  );
}
