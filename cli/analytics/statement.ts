import { UsageError } from '../program/command';

/** A part of a statement: a name or a keyword, a text, or any other sign. */
type Token = { readonly kind: 'name' | 'text' | 'sign'; readonly value: string };

const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?<text>(?:[^']|'')*)'|"(?<quoted>(?:[^"]|"")*)"|`(?<ticked>(?:[^`]|``)*)`|\[(?<boxed>[^\]]*)\]|(?<bare>[\p{L}_][\p{L}\p{N}_$]*)|(?<sign>[\s\S])/gu;

const tokensOf = (sql: string): readonly Token[] =>
  [...sql.matchAll(TOKEN)].flatMap(({ groups = {} }): readonly Token[] => {
    const { text, quoted, ticked, boxed, bare, sign } = groups;
    const name = quoted ?? ticked ?? boxed ?? bare;
    if (name !== undefined) return [{ kind: 'name', value: name.toLowerCase() }];
    // SQLite takes a text for a name where only a name can stand.
    if (text !== undefined) return [{ kind: 'text', value: text.toLowerCase() }];
    return sign === undefined ? [] : [{ kind: 'sign', value: sign }];
  });

const FIRST_WORDS: ReadonlySet<string> = new Set(['select', 'with', 'values']);

/** Names of SQLite itself that show more than the flat models. */
const INTERNAL = /^(sqlite_|pragma_|dbstat$|fts5|bytecode$|tables_used$)/;

/**
 * Checks that a text is one statement that reads, and names no table besides the flat models. The connection cannot write in any
 * case; this check keeps other tables out of sight and gives a clear message.
 *
 * @param hidden - the names of the other tables, in lower case.
 * @throws UsageError that says what is permitted.
 */
export const checkStatement = (sql: string, hidden: ReadonlySet<string>): void => {
  const tokens = tokensOf(sql);
  const [first] = tokens;
  if (first === undefined) throw new UsageError('Give a statement: waybill query "SELECT * FROM orders".');
  if (first.kind !== 'name' || !FIRST_WORDS.has(first.value))
    throw new UsageError(
      `A query begins with SELECT, WITH or VALUES, not with "${first.value}": it only reads. The platform's own commands change data.`,
    );
  const end = tokens.findIndex(({ kind, value }) => kind === 'sign' && value === ';');
  if (end !== -1 && end !== tokens.length - 1)
    throw new UsageError('Give one statement. The text has another one after the semicolon.');
  for (const [at, { kind, value }] of tokens.entries()) {
    if (kind === 'sign') continue;
    // The name of a result may be any.
    const before = tokens[at - 1];
    if (before?.kind === 'name' && before.value === 'as') continue;
    if (hidden.has(value) || (kind === 'name' && INTERNAL.test(value)))
      throw new UsageError(`"${value}" is no flat model. Those that there are: waybill query --describe.`);
  }
};
