/** Control, format and private-use characters, blanks, and other characters that a screen does not show. */
const INVISIBLE = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\p{Default_Ignorable_Code_Point}\u2800`;
const anyVisible = new RegExp(`[^${INVISIBLE}]`, 'u');
const anyInvisible = new RegExp(`[${INVISIBLE}]`, 'u');

/** Tests whether a text has no visible character. */
export const isBlank = (text: string): boolean => !anyVisible.test(text);

/** Tests whether a text has an invisible character, which would let it look like another text. */
export const hasInvisible = (text: string): boolean => anyInvisible.test(text);
