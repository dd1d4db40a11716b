import { createServer } from 'node:net';
import { Server, ServerCredentials, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { fromJSON, loadSync } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { HealthImplementation, protoPath as healthProtoPath } from 'grpc-health-check';
import { commandDescriptors } from '../../proto/commands';
import type { Clock } from '../../platform/clock';
import { epochMsOf, type Millis } from '../../domain/kernel';
import type { UseCaseName } from '../../commands';
import type { CommandServerOptions } from './options';
import { contextOfCall } from './call-context';
import { serveStream } from './stream-server';
import { withoutEmptyFlags } from './optional-lists';
import { faultError, isRefused, rejectionError } from './rich-error';
import { requireToken } from './token';
import { Fault, isFault } from '../../platform/faults';
import { listen } from '../../platform/listen';

export type CommandServer = {
  readonly port: number;
  /** Shown by the health service; load balancers stop sending if it is false. */
  setServing(serving: boolean): void;
  /** Accepts no new calls, answers the running ones, then closes; after `drainMs` it cuts the remaining ones. */
  close(drainMs: number): Promise<void>;
};

const TIMEOUT_MS_DEFAULT = 10_000;
const MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

const packageOf = (descriptor: object) =>
  fromJSON(descriptor, {
    longs: Number,
    defaults: true,
    arrays: true,
  });

type Definition = ReturnType<typeof packageOf>;
type Service = Extract<Definition[string], Record<string, { readonly path: string }>>;

const servicesOf = (definition: Definition): readonly [string, Service][] =>
  Object.entries(definition).filter((entry): entry is [string, Service] => !('format' in entry[1]));

/** Returns the caller's remaining time, from the deadline of the gRPC call. */
const remainingMs = (deadline: Date | number, clock: Clock): number => {
  const at = typeof deadline === 'number' ? deadline : deadline.getTime();
  return Number.isFinite(at) ? Math.max(0, at - epochMsOf(clock.now())) : TIMEOUT_MS_DEFAULT;
};

type Call = ServerUnaryCall<object, object>;

const answer = async (name: UseCaseName, call: Call, options: CommandServerOptions): Promise<object> => {
  requireToken(call.metadata, options.token);
  const context = contextOfCall(call.metadata, remainingMs(call.getDeadline(), options.clock), options);
  const input = withoutEmptyFlags(name, call.request) as never;
  const outcome = await options.commands.send(name, input, context);
  switch (outcome.kind) {
    case 'accepted':
      return outcome.position === undefined
        ? outcome.value
        : { ...outcome.value, position: outcome.position };
    case 'rejected':
      throw rejectionError(outcome.rejection);
    case 'unknown':
      throw new Fault('OUTCOME_UNKNOWN', `Send it again with waybill-command-id ${outcome.commandId}.`);
  }
};

const unary =
  (name: UseCaseName, options: CommandServerOptions) =>
  (call: Call, reply: sendUnaryData<object>): void => {
    answer(name, call, options).then(
      (value) => reply(null, value),
      (error: unknown) => {
        if (isRefused(error)) {
          reply(error);
          return;
        }
        if (!isFault(error)) options.logger.error({ error, useCase: name }, 'A command failed.');
        reply(faultError(error));
      },
    );
  };

const credentialsOf = ({ tls }: CommandServerOptions): ServerCredentials =>
  tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [
        { cert_chain: Buffer.from(tls.certificate), private_key: Buffer.from(tls.key) },
      ]);

/** Listens on a port of our own in front, because gRPC's own error does not give the reason of a failure. */
const openDoor = async (
  server: Server,
  options: CommandServerOptions,
): Promise<{ readonly port: number; readonly shut: () => void }> => {
  const injector = server.createConnectionInjector(credentialsOf(options));
  const door = createServer({ noDelay: true }, (socket) => injector.injectConnection(socket));
  const { port } = await listen(door, { host: options.host, port: options.port }, 'grpcPort');
  return { port, shut: () => void door.close() };
};

const drain = (server: Server, drainMs: number, clock: Clock): Promise<void> =>
  new Promise((resolve) => {
    const timer = clock.after(drainMs as Millis, () => {
      server.forceShutdown();
      // A broken connection would stay open for minutes without anyone to wait for.
      resolve();
    });
    server.tryShutdown(() => {
      timer.cancel();
      resolve();
    });
  });

/** Returns a function that makes the value at its first call. Only a role that serves gRPC reads the descriptors, and once. */
const lazily = <Value extends object>(make: () => Value): (() => Value) => {
  let made: Value | undefined;
  return () => (made ??= make());
};

const definitions = lazily(() => ({
  unary: packageOf(commandDescriptors.commands),
  stream: packageOf(commandDescriptors.commandStream),
}));

// It decodes every descriptor, which takes about 100 ms of CPU.
const reflectionService = lazily(
  () => new ReflectionService({ ...packageOf(commandDescriptors.reflection), ...loadSync(healthProtoPath) }),
);

/** The command services over gRPC: unary methods for everyone, one stream for the platform's own processes, health and reflection. */
export const startCommandServer = async (options: CommandServerOptions): Promise<CommandServer> => {
  const server = new Server({
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 10_000,
  });
  const { unary: unaryServices, stream: streamService } = definitions();
  const names: string[] = [];
  for (const [name, service] of servicesOf(unaryServices)) {
    const methods = Object.keys(service).map(
      (method) =>
        [method, unary((method.charAt(0).toLowerCase() + method.slice(1)) as UseCaseName, options)] as const,
    );
    server.addService(service, Object.fromEntries(methods));
    names.push(name);
  }
  const streams = serveStream(options);
  for (const [name, service] of servicesOf(streamService)) {
    server.addService(service, { Open: streams.open });
    names.push(name);
  }
  const health = new HealthImplementation(
    Object.fromEntries(['', ...names].map((name) => [name, 'SERVING'])),
  );
  health.addToServer(server);
  reflectionService().addToServer(server);
  const { port, shut } = await openDoor(server, options);
  return {
    port,
    setServing: (serving) => {
      ['', ...names].forEach((name) => health.setStatus(name, serving ? 'SERVING' : 'NOT_SERVING'));
    },
    close: async (drainMs) => {
      ['', ...names].forEach((name) => health.setStatus(name, 'NOT_SERVING'));
      shut();
      streams.close();
      await drain(server, drainMs, options.clock);
    },
  };
};
