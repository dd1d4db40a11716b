import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describeOn } from '../../tests/support/process/real-engine';

const GIVE_UP_MS = 50_000;

/** As `ops/ci/eventstore-client` names them, in its order. */
const goChecks = [
  'connects by discovery',
  'connects by the gossip of the first of several hosts that answers',
  'connects by the newer scheme, and with a user',
  'finds a cluster of one leader',
  "gets the server's version",
  'reads back what it appended, JSON and bytes',
  'appends by every kind of expected version',
  'is refused by every kind of wrong expected version',
  'writes the same ids at the same expected version once',
  'has exactly one winner among concurrent appends',
  'is refused beyond the largest append',
  'reads a stream both ways, from a revision and so many events',
  'reads a stream of many thousand events',
  'finds no stream where none is',
  'reads $all both ways, and from a position',
  'resolves links',
  'follows a stream from its start',
  'follows a stream from after a revision',
  'follows a stream from its end',
  'follows a stream that is not there yet',
  'follows $all from after a position',
  'follows $all from its end',
  'follows $all filtered by prefixes of stream names',
  'follows $all filtered by an expression for stream names',
  'follows $all filtered by prefixes of event types',
  'follows $all filtered by an expression for event types',
  'follows $all without system events',
  'gets the position of a filter by checkpoints',
  'gets the position at which it has caught up',
  'drops a subscription that it closes',
  'manages a group of a stream',
  'manages a group of $all',
  'acknowledges events of a stream',
  'acknowledges events of $all',
  'parks events of a stream, and has them replayed',
  'parks events of $all, and has them replayed',
  'has an event again that it refuses for a retry',
  'has an event never again that it refuses for good',
  'shares the events of a group among its consumers',
  'is refused beyond the most consumers of a group',
  'is dropped when its group is deleted',
  'restarts the groups',
  'deletes a stream, which then continues at its end',
  'tells that a stream is deleted for good: read, append, delete, follow',
  'deletes nothing by a wrong expected version',
  'reads the stream metadata that it set',
  'keeps the last events of a stream with a max count',
  'keeps the events of a stream from truncate-before',
] as const;

/** As `ops/ci/eventstore-python` names them, in its order. */
const pythonChecks = [
  'reads back what it appended, JSON and bytes',
  'appends by every kind of expected version, alone and in a batch',
  'is refused by a wrong expected version, alone and in a batch',
  'writes the same ids at the same expected version once',
  'reads a stream both ways, from a revision and so many events',
  'reads $all both ways, and with a filter',
  'follows a stream, what was and what comes',
  'follows $all filtered by stream names',
  'acknowledges the events of a group, and has one again that it refuses for a retry',
  'parks an event of a group, and has it replayed',
  'deletes a stream, which then continues at its end',
  'gets the error that a stream is tombstoned: read, append, delete',
] as const;

/** As `ops/ci/eventstore-rust` names them, in its order. */
const rustChecks = [
  'reads back what it appended, JSON and bytes',
  'appends by every kind of expected version',
  'is refused by a wrong expected version',
  'writes the same ids at the same expected version once',
  'reads a stream both ways, from a revision and so many events',
  'follows a stream, what was and what comes',
  'follows $all filtered by stream names',
  'acknowledges the events of a group, and has one again that it refuses for a retry',
  'deletes a stream, which then continues at its end',
  'gets the error that a stream is tombstoned: read, append',
] as const;

type Outcome = { readonly name: string; readonly error: string | null };

const clients = [
  ['WAYBILL_TEST_EVENTSTORE_GO_CLIENT', 'Go', goChecks],
  ['WAYBILL_TEST_EVENTSTORE_PYTHON_CLIENT', 'Python', pythonChecks],
  ['WAYBILL_TEST_EVENTSTORE_RUST_CLIENT', 'Rust', rustChecks],
] as const;

describeOn('WAYBILL_TEST_EVENTSTORE_FOR_CLIENTS', 'A server of EventStoreDB’s protocol', (server) => {
  for (const [variable, language, checks] of clients)
    describeOn(variable, `and EventStoreDB's ${language} client:`, (program) => {
      let outcomes: readonly Outcome[] = [];
      beforeAll(async () => {
        const { stdout } = await promisify(execFile)(program, [server], { timeout: GIVE_UP_MS });
        outcomes = stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Outcome);
      });

      it('makes these checks and no others', () => {
        expect(outcomes.map(({ name }) => name)).toEqual(checks);
      });

      it.each(checks)('%s', (check) => {
        expect(outcomes.find(({ name }) => name === check)?.error).toBeNull();
      });
    });
});
