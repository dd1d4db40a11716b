import { useCases, type UseCaseName } from '../../commands';
import { fieldsOf } from '../../commands/use-case/fields';

/**
 * Protobuf does not tell an empty list from one that was not given. So an optional list has a flag beside it, which is true where
 * the list is given and empty.
 *
 * @returns the name of the flag.
 */
export const emptyFlagOf = (list: string): string => `${list}Empty`;

const lists = new Map<UseCaseName, readonly string[]>();

const listsOf = (name: UseCaseName): readonly string[] => {
  const known = lists.get(name);
  if (known) return known;
  const found = fieldsOf(useCases[name].input).filter(({ list, optional }) => list && optional);
  const names = found.map((field) => field.name);
  lists.set(name, names);
  return names;
};

type Input = Readonly<Record<string, unknown>>;

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Returns an input as it is sent: with the flags of its empty lists. */
export const withEmptyFlags = (name: UseCaseName, input: object): object => {
  const empty = listsOf(name).filter((list) => isEmpty((input as Input)[list]));
  return empty.length === 0
    ? input
    : { ...input, ...Object.fromEntries(empty.map((list) => [emptyFlagOf(list), true])) };
};

/** Returns an input as it was meant: without flags, and without the lists that were not given. */
export const withoutEmptyFlags = (name: UseCaseName, received: object): object => {
  const optional = listsOf(name);
  if (optional.length === 0) return received;
  const input = received as Input;
  const isGiven = (list: string): boolean => !isEmpty(input[list]) || input[emptyFlagOf(list)] === true;
  const left = new Set([...optional.map(emptyFlagOf), ...optional.filter((list) => !isGiven(list))]);
  return Object.fromEntries(Object.entries(received).filter(([field]) => !left.has(field)));
};
