/** Zero-width blanks, direction marks and soft hyphens: pasting brings them along and nobody sees them. Joiners belong to scripts. */
export const withoutUnseen = (value: string): string =>
  value.replace(/\u00ad|\u200b|\u200e|\u200f|\u2060|\ufeff/g, '');

/** Full-width digits, letters and signs, as Chinese input methods write them, in their ordinary form. */
export const halfWidth = (value: string): string =>
  withoutUnseen(value)
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
