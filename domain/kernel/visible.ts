/** Controls, format and private characters, blanks, and others that a screen shows nothing for. */
const INVISIBLE = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\p{Default_Ignorable_Code_Point}\u2800`;
const anyVisible = new RegExp(`[^${INVISIBLE}]`, 'u');
const anyInvisible = new RegExp(`[${INVISIBLE}]`, 'u');

/** Whether nothing of a text can be seen. */
export const isBlank = (text: string): boolean => !anyVisible.test(text);

/** Whether a text holds a character that cannot be seen, so that it looks like another text. */
export const hasInvisible = (text: string): boolean => anyInvisible.test(text);
