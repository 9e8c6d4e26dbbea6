/** Full-width digits, letters and signs, as Chinese input methods write them, in their ordinary form. */
export const halfWidth = (value: string): string =>
  value
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
