/** The one origin of the window's pages. */
export const isDeskUrl = (text: string): boolean => {
  try {
    const { protocol, host } = new URL(text);
    return protocol === 'app:' && host === 'desk';
  } catch {
    return false;
  }
};
