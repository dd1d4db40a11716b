import { wellFormed } from '../well-formed-text';

/** Control characters, and invisible ones that change the direction of writing or end a line. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Returns the text with every character that would control a terminal written as `\u001b`; ends of line and tabs stay.
 * JSON keeps its meaning.
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) =>
    character === '\n' || character === '\t' ? character : escaped(character),
  );

/** Returns the text as one line, ends of line and tabs written as `\u000a` and `\u0009` too. */
export const inOneLine = (text: string): string => text.replace(UNSEEN, escaped);

const HALF_AT_END = /[\uD800-\uDBFF]$/;

/**
 * Returns the beginning of a text of others, on one line and well-formed, so that it can be stored; it never ends within
 * a character.
 *
 * @param lengthMax - in UTF-16 units.
 */
export const beginningOf = (text: string, lengthMax: number): string => {
  // Cut before too, because others may send a mebibyte.
  const line = inOneLine(text.slice(0, lengthMax)).slice(0, lengthMax);
  return wellFormed(line.replace(HALF_AT_END, ''));
};

const SHOWN_LENGTH_MAX = 100;

/** Returns foreign text for a message of ours: on one line, and cut if it is long. */
export const shown = (text: string): string => {
  const beginning = beginningOf(text, SHOWN_LENGTH_MAX);
  return text.length > SHOWN_LENGTH_MAX ? `${beginning}…` : beginning;
};

const isUnseenCode = (code: string): boolean => {
  const character = String.fromCharCode(Number.parseInt(code, 16));
  return visible(character) !== character;
};

/** An escape of JSON (also the one for a backslash, so that it does not begin another), or an invisible character. */
const IN_JSON =
  /\\(?:u(?<code>[0-9a-f]{4})|[^u])|[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/giu;
const SHORT_ESCAPES: ReadonlySet<string> = new Set(['\\b', '\\f', '\\r']);

/**
 * Returns JSON whose strings are visible text after parsing; ends of line and tabs in them stay. For a reader that
 * prints the parsed JSON.
 */
export const shownInJson = (json: string): string =>
  json.replace(IN_JSON, (part: string, code: string | undefined) => {
    if (part === '\n' || part === '\t') return part;
    if (!part.startsWith('\\')) return `\\${escaped(part)}`;
    const isUnseen = code === undefined ? SHORT_ESCAPES.has(part) : isUnseenCode(code);
    return isUnseen ? `\\${part}` : part;
  });
