/** 张* and 张*明; of a longer name the first and the last character stay (residents.md §3). Counts characters, not UTF-16 units. */
export function maskName(name: string): string {
  const characters = [...name];
  const first = characters[0] ?? '';
  if (characters.length <= 2) return characters.length < 2 ? first && '*' : `${first}*`;
  return `${first}${'*'.repeat(characters.length - 2)}${characters.at(-1) ?? ''}`;
}
