import type { z } from 'zod';

type Issue = Parameters<NonNullable<z.core.$ZodErrorMap>>[0];

const nouns: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  date: 'a date',
};

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries', set: ' entries' };

const formats: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'a URL',
  guid: 'a UUID',
  uuid: 'a UUID',
  datetime: 'a date and time, e.g. 2026-01-31T08:00:00Z',
  safeint: 'a whole number of at most 53 bits',
};

const rangeOf = (word: 'least' | 'most', limit: unknown, origin: string): string =>
  `must ${origin in units ? 'have' : 'be'} at ${word} ${String(limit)}${units[origin] ?? ''}`;

/**
 * Describes an invalid value in plain words: the error map of every zod schema for input by people
 * (`schema.safeParse(value, { error: plainWords })`). A schema's own message takes precedence.
 */
export const plainWords = (issue: Issue): string | undefined => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      return `must be ${nouns[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return rangeOf('least', issue.minimum, issue.origin);
    case 'too_big':
      return rangeOf('most', issue.maximum, issue.origin);
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return `must be ${formats[issue.format] ?? `text of another form`}`;
    case 'unrecognized_keys':
      return `has no field ${issue.keys.join(', ')}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    default:
      return undefined;
  }
};
