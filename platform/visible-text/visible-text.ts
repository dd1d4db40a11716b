/** Control characters, and those that turn the direction of writing or end a line without being seen to. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/**
 * Returns the text with every character that would act on a terminal instead of being shown written as `\u001b`; ends of line
 * and tabs stay. JSON keeps its meaning.
 */
export const visible = (text: string): string =>
  text.replace(UNSEEN, (character) =>
    character === '\n' || character === '\t' ? character : escaped(character),
  );

/** Returns the text as one line, ends of line and tabs written as `\u000a` and `\u0009` too. */
export const inOneLine = (text: string): string => text.replace(UNSEEN, escaped);

const SHOWN_LENGTH_MAX = 100;

/** Returns text of others for a sentence of ours: one line, and cut where it is long. */
export const shown = (text: string): string =>
  inOneLine(text.length <= SHOWN_LENGTH_MAX ? text : `${text.slice(0, SHOWN_LENGTH_MAX)}…`);

const isUnseenCode = (code: string): boolean => {
  const character = String.fromCharCode(Number.parseInt(code, 16));
  return visible(character) !== character;
};

/** An escape of JSON (the one for a backslash too, which is no beginning of another), or a character that is not shown. */
const IN_JSON =
  /\\(?:u(?<code>[0-9a-f]{4})|[^u])|[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/giu;
const SHORT_ESCAPES: ReadonlySet<string> = new Set(['\\b', '\\f', '\\r']);

/**
 * Returns JSON of which the strings are visible text once they are parsed; ends of line and tabs in them stay. For a reader of JSON
 * that prints what it has parsed.
 */
export const shownInJson = (json: string): string =>
  json.replace(IN_JSON, (part: string, code: string | undefined) => {
    if (part === '\n' || part === '\t') return part;
    if (!part.startsWith('\\')) return `\\${escaped(part)}`;
    const isUnseen = code === undefined ? SHORT_ESCAPES.has(part) : isUnseenCode(code);
    return isUnseen ? `\\${part}` : part;
  });
