import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAggregates } from '../../platform/execution';
import { order } from '../../domain/order';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore, streamName } from '../../platform/event-store';
import { silentLogger } from '../../platform/telemetry';
import { inFlight, inTurns, type Run } from '../measuring';
import { loadPeer } from '../peer';
import { openBareGroups } from './bare-groups';
import { openBareInThread } from './bare-in-thread';
import { openBareTransactions } from './bare-transactions';
import { contextOfBench, orderToPlace } from './orders';

type Evolve = (state: unknown, event: { readonly type: string; readonly data: object }) => unknown;
type EmmettEvent = { readonly type: string; readonly data: object; readonly metadata: object };

type Emmett = {
  handle(stream: string, decide: (state: unknown) => readonly EmmettEvent[]): Promise<unknown>;
  pragma(name: string): Promise<unknown>;
  close(): void;
};

type EmmettPeer = {
  openEmmett(options: { readonly file: string; readonly initial: unknown; readonly evolve: Evolve }): Emmett;
};

const openWaybill = async (directory: string) => {
  const store = await openEmbeddedEventStore({ directory, clock: realClock });
  const deps = { store, clock: realClock, random: realRandom, logger: silentLogger };
  const aggregates = createAggregates({ ...deps, soleWriter: true });
  return {
    place: async (): Promise<void> => {
      const command = orderToPlace();
      const { kind } = await aggregates
        .of(order)
        .execute(command.orderId, command, contextOfBench(), { assumeNew: true });
      if (kind !== 'accepted') throw new Error(`Not placed: ${kind}`);
    },
    close: () => store.close(),
  };
};

/** Runs the same decider on the same commands with the same metadata in Emmett. */
const openEmmett = async (directory: string) => {
  const peer = loadPeer('emmett.cjs') as EmmettPeer;
  const emmett = peer.openEmmett({
    file: join(directory, 'emmett.db'),
    initial: order.initial,
    evolve: order.evolve as Evolve,
  });
  const place = async (): Promise<void> => {
    const command = orderToPlace();
    const { commandId, correlationId, principal } = contextOfBench();
    const metadata = {
      $correlationId: correlationId,
      $causationId: commandId,
      actor: `${principal.kind}:${principal.id}`,
      schema: 1,
    };
    await emmett.handle(streamName('order', command.orderId), (state) => {
      const decision = order.decide(command, state as typeof order.initial);
      if (!decision.ok) throw new Error(decision.rejection.code);
      return decision.events.map(({ type, data }) => ({ type, data, metadata }));
    });
  };
  // The first command makes the tables.
  await place();
  // Emmett enables the write-ahead log itself, but under load the request may be lost, and every append would then be
  // far slower.
  const journal = await emmett.pragma('journal_mode = WAL');
  if (journal !== 'wal')
    throw new Error(`Emmett's journal_mode is ${String(journal)}, which is no fair match`);
  const synchronous = await emmett.pragma('synchronous');
  const pragmas = `journal_mode = ${String(journal)}, synchronous = ${String(synchronous)}`;
  return { place, pragmas, close: () => emmett.close() };
};

export type CommandsComparison = {
  readonly places: number;
  readonly waybill: readonly Run[];
  readonly emmett: readonly Run[];
  readonly bare: readonly Run[];
  readonly bareInThread: readonly Run[];
  readonly bareGroups: readonly Run[];
};

export type CommandsReport = {
  readonly emmettPragmas: string;
  readonly comparisons: readonly CommandsComparison[];
  /** Waybill alone, with 64 and with 512 commands in flight. */
  readonly crowd: { readonly few: readonly Run[]; readonly many: readonly Run[] };
};

/** Compares durable commands on new streams, with all stores on the same disk, in alternating rounds. */
export const compareCommands = async (rounds: number, roundMs: number): Promise<CommandsReport> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const waybill = await openWaybill(directory);
  const emmett = await openEmmett(directory);
  const bare = openBareTransactions(join(directory, 'bare.db'));
  const bareInThread = await openBareInThread(join(directory, 'bare-in-thread.db'));
  const bareGroups = openBareGroups(join(directory, 'bare-groups.db'));
  const turns = (places: number, ms: number) =>
    [waybill, emmett, bare, bareInThread, bareGroups].map(
      ({ place }) =>
        () =>
          inFlight(places, ms, place),
    );
  try {
    // Warms up: the code is compiled, and each log has had its first checkpoint, before measurement begins.
    await inTurns(1, turns(64, roundMs));
    const comparisons: CommandsComparison[] = [];
    for (const places of [1, 64]) {
      const [ours = [], theirs = [], single = [], threaded = [], grouped = []] = await inTurns(
        rounds,
        turns(places, roundMs),
      );
      comparisons.push({
        ...{ places, waybill: ours, emmett: theirs },
        ...{ bare: single, bareInThread: threaded, bareGroups: grouped },
      });
    }
    const [few = [], many = []] = await inTurns(
      rounds,
      [64, 512].map((places) => () => inFlight(places, roundMs, waybill.place)),
    );
    return { emmettPragmas: emmett.pragmas, comparisons, crowd: { few, many } };
  } finally {
    for (const each of [bare, bareInThread, bareGroups]) await each.close();
    emmett.close();
    await waybill.close();
    await rm(directory, { recursive: true });
  }
};
