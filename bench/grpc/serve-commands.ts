/**
 * Serves the command services over gRPC alone: `serve-commands.ts echo|real DIRECTORY`. `echo` answers without work, so
 * that only the transport is measured. Sends its address, and on request its processor time, to the process that forked
 * it.
 */
import { createAggregates } from '../../platform/execution';
import { startCommandServer } from '../../gateways/grpc';
import { inProcessCommands } from '../../commands/client/in-process';
import { noErasures } from '../../tests/support/commands/people';
import { createNumbers } from '../../commands/numbering';
import { createPayments } from '../../commands/payment';
import type { CommandClient, Outcome } from '../../commands';
import { createUseCases } from '../../commands/use-cases';
import type { ProductId } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import { realClock as clock, realRandom as random } from '../../platform/clock';
import { openEmbeddedEventStore, positionOf } from '../../platform/event-store';
import { silentLogger as logger } from '../../platform/telemetry';
import { contextOfBench } from '../commands/orders';
import type { Serving } from './against-unary';

const echo: CommandClient = {
  send: async () => ({ kind: 'accepted', value: {}, position: positionOf(1) }) as Outcome<never>,
  healthy: () => true,
  close: async () => undefined,
};

/** Rejects payments and logins, which this benchmark does not use. */
const refuse = (): Promise<never> => Promise.reject(new Error('Not in this bench'));

const real = async (directory: string): Promise<{ commands: CommandClient; productId: ProductId }> => {
  const store = await openEmbeddedEventStore({ directory, clock });
  const aggregates = createAggregates({ store, clock, random, logger, soleWriter: true });
  const provider = {
    methods: [],
    ...{ capture: refuse, find: refuse, cancel: refuse, refund: refuse, findRefund: refuse },
  };
  const deps = { aggregates, clock, random, logger, provider };
  const useCases = createUseCases({
    ...deps,
    ...noErasures,
    numbers: createNumbers(deps),
    webhookUrls: { problemOf: () => Promise.resolve(undefined) },
    passwords: { hash: refuse, matches: refuse },
    geocoder: { locate: refuse },
    ...createPayments(deps),
  });
  const commands = inProcessCommands(useCases, { clock });
  const registered = await commands.send(
    'registerProduct',
    {
      sku: '85123A',
      name: 'White hanging heart T-light holder',
      description: '',
      category: 'lights',
      price: { amountMinor: 255, currency: 'GBP' as CurrencyCode },
    },
    contextOfBench(),
  );
  if (registered.kind !== 'accepted') throw new Error(JSON.stringify(registered));
  return { commands, productId: registered.value.productId };
};

const serve = async ([kind, directory = '']: readonly string[]): Promise<void> => {
  const served = kind === 'real' ? await real(directory) : { commands: echo, productId: 'any' as ProductId };
  const { commands, productId } = served;
  const token = 'a token of the command services';
  const { port } = await startCommandServer({
    ...{ commands, host: '127.0.0.1', port: 0, token },
    ...{ clock, random, logger },
  });
  process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
  process.on('disconnect', () => process.exit());
  process.send?.({ port, token, productId } satisfies Serving);
};

void serve(process.argv.slice(2));
