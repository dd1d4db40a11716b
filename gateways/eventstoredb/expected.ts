import { NO_STREAM } from '../../platform/event-store';
import type { BatchAppendOptions, ExpectedStreamRevision } from './messages';
import { invalid } from './errors';
import { numberOf } from './wire';

/** What a writer expects of a stream: a revision, or NO_STREAM, or one of these. */
export type Expected = number | 'any' | 'stream-exists';

type Which = BatchAppendOptions['expectedStreamPosition'] | ExpectedStreamRevision['expectedStreamRevision'];

const expectedOf = (which: Which, revision: () => number): Expected => {
  switch (which) {
    case 'revision':
    case 'streamPosition':
      return revision();
    case 'noStream':
      return NO_STREAM;
    case 'any':
      return 'any';
    case 'streamExists':
      return 'stream-exists';
    case undefined:
      throw invalid('The expected revision is missing.');
  }
};

export const expectedRevisionOf = (options: ExpectedStreamRevision): Expected =>
  expectedOf(options.expectedStreamRevision, () => numberOf(options.revision));

export const expectedPositionOf = (options: BatchAppendOptions): Expected =>
  expectedOf(options.expectedStreamPosition, () => numberOf(options.streamPosition));

/** As trailers tell it. */
export const versionOf = (expected: Expected): number => {
  if (expected === 'any') return -2;
  return expected === 'stream-exists' ? -4 : expected;
};

/** As messages tell it, each field with a prefix of its own: `expectedNoStream`, `currentRevision`. */
export const expectedFields = (expected: Expected, revisionField: string, prefix = ''): object => {
  const named = (name: string): string =>
    prefix === '' ? name : `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  if (expected === 'any') return { [named('any')]: {} };
  if (expected === 'stream-exists') return { [named('streamExists')]: {} };
  return expected === NO_STREAM ? { [named('noStream')]: {} } : { [revisionField]: expected };
};
