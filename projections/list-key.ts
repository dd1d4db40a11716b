const HIDDEN = 'hidden-';

/**
 * Returns the key under which lists show a document: `product:<id>`. While a moderator hides it, `hidden-` stands before the key,
 * so that lists, also those of earlier versions of a read model, do not have it.
 */
export const listKeyOf = (kind: string, id: string, hiddenFor?: string): string =>
  `${hiddenFor === undefined ? '' : HIDDEN}${kind}:${id}`;

export const shownKey = (key: string): string => (key.startsWith(HIDDEN) ? key.slice(HIDDEN.length) : key);

export const hiddenKey = (key: string): string => `${HIDDEN}${shownKey(key)}`;

/** Returns the id in a key, shown or hidden; undefined where it is of another kind. */
export const idInKey = (key: string, kind: string): string | undefined => {
  const shown = shownKey(key);
  return shown.startsWith(`${kind}:`) ? shown.slice(kind.length + 1) : undefined;
};
