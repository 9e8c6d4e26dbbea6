/**
 * What may lock the desk: a PIN of at least six digits where the operating system keeps a secret for us, else a passphrase of at
 * least twelve characters (decision 4). The obvious ones (111111, 123456) are refused.
 */
export function isStrongEnough(passphrase: string, keyStore: boolean): boolean {
  const characters = [...passphrase];
  if (characters.length < (keyStore ? 6 : 12)) return false;
  if (new Set(characters).size < 3) return false;
  const steps = characters
    .slice(1)
    .map((character, at) => (character.codePointAt(0) ?? 0) - (characters[at]?.codePointAt(0) ?? 0));
  return !steps.every((step) => step === 1) && !steps.every((step) => step === -1);
}
