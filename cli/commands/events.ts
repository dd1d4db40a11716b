import { topics } from '../../platform/bus';
import { UsageError, type Command, type ExitCode, type Invocation } from '../program/command';
import { runCheck } from '../events/check';
import { runExport, runImport } from '../events/move';
import { runRepublish } from '../events/republish';
import { runShow } from '../events/show';
import { runTail } from '../events/tail';

const subcommands: Readonly<Record<string, (invocation: Invocation) => Promise<ExitCode>>> = {
  tail: runTail,
  show: runShow,
  export: runExport,
  import: runImport,
  check: runCheck,
  republish: runRepublish,
};

export const eventsCommand: Command = {
  name: 'events',
  summary: 'shows, moves and checks the stored events',
  usage: `Usage: waybill events tail [--last N] [--after POSITION] [--follow] [--stream NAME …] [--type TYPE …] [--json]
       waybill events show STREAM|POSITION [--from REVISION] [--first N] [--json]
       waybill events export FILE [--json]
       waybill events import FILE [--json]
       waybill events check [--against STORE] [--json]
       waybill events republish [--since TIME] [--after POSITION] [--topic TOPIC …]

All but import run beside a platform or without one, on the store that WAYBILL_EVENT_STORE and WAYBILL_DATA_DIR name.

"tail" prints the last events (10), or those after a position; with --follow, new ones as they are stored. "show" prints the
events of a stream, or the one at a position, with data and origin. Both replace hashes of secrets; --json prints a line an event.

"export" writes the whole history to a file of JSON lines that only its owner may read. Run again, it goes on after the last whole
line. "import" checks such a file, writes what the store does not have yet, and compares both at the end: exit code 6 if they
differ. Run again, it writes nothing twice and goes on where it stopped. A file that is torn or has a gap or a repeated position is
refused before anything is written; so is a store with another history (exit code 4). No platform may use the store meanwhile.
Events keep their ids, revisions and order. The embedded store also keeps the times of storing; EventStoreDB sets its own.

"check" runs a whole history through this program's upcasters, the deciders' folds and the read models. It writes nothing, and
prints for each type and version how many events there are and on how many this program fails. Exit code 6 if it fails on any.

"republish" publishes integration events to NATS (WAYBILL_BUS) again, for a server that has lost its disk, or a stream that was
deleted. Without options, all of them. A message keeps its id, so NATS drops messages that it received within its window (ten
minutes by default). Older messages that it still has are then stored twice; consumers recognise them by their ids. Customers get
no notification of events that are older than a day.

Options
  --last N          how many of the last events (0 to 10000)
  --after POSITION  events behind this position, as GraphQL's "projections" and "events" show it
  --follow          goes on until it is stopped
  --stream NAME     only of this stream, may be repeated
  --type TYPE       only of this type, may be repeated
  --from REVISION   the first revision of the stream
  --first N         how many events of the stream (100; at most 10000)
  --against STORE   embedded, esdb://…, a data directory, or an exported file (default: the store of the settings)
  --since TIME      events recorded at or after this moment, e.g. 2026-01-31T08:00:00Z
  --topic TOPIC     only this one, may be repeated: ${topics.join(', ')}
  --json            the events, or the report, as JSON`,
  run: (invocation) => {
    const [word, ...args] = invocation.args;
    const subcommand = word === undefined ? undefined : subcommands[word];
    if (subcommand === undefined)
      throw new UsageError(`waybill events takes one word first: ${Object.keys(subcommands).join(', ')}.`);
    return subcommand({ ...invocation, args });
  },
};
