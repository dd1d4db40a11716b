import type { RawRecord } from '../../platform/event-store';
import { invalid } from './errors';
import type { FilterExpression, FilterOptions } from './messages';

const REGEX_CHARACTERS_MAX = 1_000;
const PREFIXES_MAX = 1_000;
const WINDOW_DEFAULT = 32;

export type RecordFilter = {
  readonly matches: (record: RawRecord) => boolean;
  /** The number of events from one checkpoint to the next. */
  readonly checkpointEvery: number;
};

/** Translates an escape of the original's dialect: anchors, and punctuation that needs none here. */
const translated = (escape: string, character: string): string => {
  if (character === 'A') return '^';
  if (character === 'z' || character === 'Z') return '$';
  if (/[\w^$\\.*+?()[\]{}|/]/.test(character)) return escape;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
};

const regexOf = (source: string): RegExp => {
  if (source.length > REGEX_CHARACTERS_MAX) throw invalid('The regular expression is too long.');
  try {
    return new RegExp(source.replace(/\\(.)/gsu, translated), 'u');
  } catch {
    throw invalid(`"${source}" is no regular expression.`);
  }
};

const testOf = ({ regex, prefix }: FilterExpression): ((text: string) => boolean) => {
  if (prefix.length > PREFIXES_MAX) throw invalid('Too many prefixes.');
  if (regex === '') return (text) => prefix.some((start) => text.startsWith(start));
  const expression = regexOf(regex);
  return (text) => expression.test(text);
};

export const filterOf = (options: FilterOptions): RecordFilter => {
  const { filter } = options;
  const window = options.window === 'max' && options.max > 0 ? options.max : WINDOW_DEFAULT;
  const checkpointEvery = window * Math.max(1, options.checkpointIntervalMultiplier);
  if (filter === 'streamIdentifier' && options.streamIdentifier) {
    const test = testOf(options.streamIdentifier);
    return { matches: ({ stream }) => test(stream), checkpointEvery };
  }
  if (filter === 'eventType' && options.eventType) {
    const test = testOf(options.eventType);
    return { matches: ({ type }) => test(type), checkpointEvery };
  }
  throw invalid('A filter is on stream names or on event types.');
};
