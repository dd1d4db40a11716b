import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { connectCommands } from '../../gateways/grpc';
import { decodeSuccess, encodeInput } from '../../gateways/grpc/messages';
import type { CommandContext } from '../../platform/execution';
import type { InputOf } from '../../commands';
import type { AccountId, ProductId } from '../../domain/kernel';
import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { contextOfBench } from '../commands/orders';
import { cpuOfForked, startForked, stopForked, type Forked } from '../forked';
import { inFlight, inTurns, type Run } from '../measuring';

/** A server's first message. */
export type Serving = { readonly port: number; readonly token: string; readonly productId: ProductId };

type Server = Forked<Serving>;
type Input = InputOf<'addToCart'>;
type Way = {
  readonly send: (input: Input, context: CommandContext) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

const streamTo = ({ ready: { port, token } }: Server): Way => {
  const client = connectCommands({
    addresses: [`127.0.0.1:${port}`],
    ...{ token, clock: realClock, random: realRandom, logger: silentLogger },
  });
  return {
    send: async (input, context) => {
      const outcome = await client.send('addToCart', input, context);
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    },
    close: () => client.close(),
  };
};

/** Makes one call a command over one connection, as grpc-js does, with the same messages as the stream. */
const unaryTo = ({ ready: { port, token } }: Server): Way => {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const metadataOf = ({ commandId, correlationId, principal }: CommandContext): Metadata => {
    const metadata = new Metadata();
    metadata.set('authorization', `Bearer ${token}`);
    metadata.set('waybill-command-id', commandId);
    metadata.set('waybill-correlation-id', correlationId);
    metadata.set('waybill-principal', JSON.stringify(principal));
    return metadata;
  };
  return {
    send: (input, context) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          '/waybill.commands.v1.CartCommands/AddToCart',
          (value: Input) => Buffer.from(encodeInput('addToCart', value)),
          (bytes: Buffer) => decodeSuccess('addToCart', bytes),
          input,
          metadataOf(context),
          { deadline: Date.now() + 10_000 },
          (error, value) => (error ? reject(error) : resolve(value)),
        );
      }),
    close: async () => client.close(),
  };
};

/** A measurement. `serverMicros`: processor time of the server for one command. */
export type Measured = { readonly run: Run; readonly serverMicros: number };

export type GrpcComparison = {
  readonly what: 'echo' | 'real';
  readonly places: number;
  /** One entry a round. */
  readonly stream: readonly Measured[];
  readonly unary: readonly Measured[];
};

const measure = async (server: Server, way: Way, places: number, roundMs: number): Promise<Measured> => {
  const { productId } = server.ready;
  const customers = Array.from({ length: places }, () => randomUUID() as AccountId);
  const cpuBefore = await cpuOfForked(server);
  const run = await inFlight(places, roundMs, (place) => {
    const customerId = customers[place] ?? ('' as AccountId);
    return way.send({ customerId, productId, quantity: 1 }, contextOfBench());
  });
  return { run, serverMicros: ((await cpuOfForked(server)) - cpuBefore) / run.done };
};

const compare = async (
  what: GrpcComparison['what'],
  directory: string,
  { rounds, roundMs }: { readonly rounds: number; readonly roundMs: number },
): Promise<readonly GrpcComparison[]> => {
  const server = await startForked<Serving>('grpc/serve-commands.ts', [what, directory]);
  const ways = [streamTo(server), unaryTo(server)];
  try {
    const comparisons: GrpcComparison[] = [];
    for (const places of [1, 64]) {
      const turns = ways.map((way) => () => measure(server, way, places, roundMs));
      await inTurns(1, turns);
      const [stream = [], unary = []] = await inTurns(rounds, turns);
      comparisons.push({ what, places, stream, unary });
    }
    return comparisons;
  } finally {
    await Promise.all(ways.map((way) => way.close()));
    await stopForked(server);
  }
};

/** Compares the same command to the same server: over the shared stream, and by one call a command. */
export const compareTransports = async (
  rounds: number,
  roundMs: number,
): Promise<readonly GrpcComparison[]> => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  const limits = { rounds, roundMs };
  try {
    return [...(await compare('echo', directory, limits)), ...(await compare('real', directory, limits))];
  } finally {
    await rm(directory, { recursive: true });
  }
};
