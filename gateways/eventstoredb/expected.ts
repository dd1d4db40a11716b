import { NO_STREAM } from '../../platform/event-store';
import type { BatchAppendOptions, ExpectedStreamRevision, Int64 } from './messages';
import { invalid } from './errors';
import { isGreatest, numberOf } from './wire';

/**
 * A writer's expectation of a stream: a revision, NO_STREAM, or one of these. `none`: also no stream, sent as the
 * revision 2^64 - 1 (.NET's `StreamRevision.None`), and answered in the same form.
 */
export type Expected = number | 'any' | 'stream-exists' | 'none';

const GREATEST = { low: -1, high: -1, unsigned: true };

/** Returns the exact expected revision, if there is one. */
export const exactRevision = (expected: Expected): number | undefined => {
  if (expected === 'none') return NO_STREAM;
  return typeof expected === 'number' ? expected : undefined;
};

type Which = BatchAppendOptions['expectedStreamPosition'] | ExpectedStreamRevision['expectedStreamRevision'];

const expectedOf = (which: Which, revision: Int64): Expected => {
  switch (which) {
    case 'revision':
    case 'streamPosition':
      return isGreatest(revision) ? 'none' : numberOf(revision);
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
  expectedOf(options.expectedStreamRevision, options.revision);

export const expectedPositionOf = (options: BatchAppendOptions): Expected =>
  expectedOf(options.expectedStreamPosition, options.streamPosition);

/** Returns the expectation as trailers have it. */
export const versionOf = (expected: Expected): number => {
  if (expected === 'any') return -2;
  if (expected === 'none') return NO_STREAM;
  return expected === 'stream-exists' ? -4 : expected;
};

/**
 * Returns the expectation as messages have it, each field with a prefix of its own: `expectedNoStream`,
 * `currentRevision`.
 */
export const expectedFields = (expected: Expected, revisionField: string, prefix = ''): object => {
  const named = (name: string): string =>
    prefix === '' ? name : `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  if (expected === 'any') return { [named('any')]: {} };
  if (expected === 'stream-exists') return { [named('streamExists')]: {} };
  if (expected === 'none') return { [revisionField]: GREATEST };
  return expected === NO_STREAM ? { [named('noStream')]: {} } : { [revisionField]: expected };
};
