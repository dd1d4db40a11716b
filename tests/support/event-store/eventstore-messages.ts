import { Client, credentials, Metadata } from '@grpc/grpc-js';
import type { ServiceDefinition, ServiceError } from '@grpc/grpc-js';
import { streamsService } from '../../../gateways/eventstoredb/services';
import { startStoreServer } from './eventstore-server';
import type { StoreServer } from './eventstore-server';
import { newId } from './new-events';

/** A message of EventStoreDB's protocol as it is, without any of its clients between. */
export type Message = Readonly<Record<string, unknown>>;

type Unary = { readonly service: ServiceDefinition; readonly method: string; readonly client?: Client };

export const methodOf = (service: ServiceDefinition, method: string) => {
  const { path, requestSerialize, responseDeserialize } = service[method]!;
  return [path, requestSerialize, responseDeserialize] as const;
};

export const name = (stream: string): Message => ({ streamName: Buffer.from(stream) });
export const string = (id: string): Message => ({ string: id });
export const newStream = (): string => `trial-${newId()}`;

export const proposed = (id: Message = string(newId()), changes: Message = {}): Message => ({
  proposedMessage: {
    id,
    metadata: { type: 'TrialHeld', 'content-type': 'application/json' },
    data: Buffer.from('{"mark":1}'),
    ...changes,
  },
});

export const readOptions = (changes: Message): Message => ({
  options: { count: 100, noFilter: {}, uuidOption: { string: {} }, readDirection: 0, ...changes },
});

export const trailers = (error: unknown): Record<string, unknown> =>
  (error as ServiceError).metadata.getMap();

export const failure = (answer: Promise<unknown>): Promise<ServiceError> =>
  answer.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: unknown) => error as ServiceError,
  );

/** Registers hooks that start a server and end it, and the clients that were made, after the suite. */
export const withPlainMessages = (options?: Parameters<typeof startStoreServer>[0]) => {
  let server: StoreServer;
  const opened: Client[] = [];
  beforeAll(async () => {
    server = await startStoreServer(options);
  });
  afterAll(async () => {
    for (const client of opened) client.close();
    await server.remove();
  });

  const clientOf = (address = server.address): Client => {
    const client = new Client(address, credentials.createInsecure());
    opened.push(client);
    return client;
  };

  const call = (
    { service, method, client = clientOf() }: Unary,
    request: Message,
    metadata = new Metadata(),
  ) =>
    new Promise<Message>((resolve, reject) => {
      client.makeUnaryRequest(...methodOf(service, method), request, metadata, (error, answer) =>
        error ? reject(error) : resolve(answer as Message),
      );
    });

  /** Everything a read answers by. */
  const all = (request: Message, client = clientOf()): Promise<Message[]> =>
    new Promise((resolve, reject) => {
      const answers: Message[] = [];
      const stream = client.makeServerStreamRequest(...methodOf(streamsService, 'Read'), request);
      stream.on('data', (answer: Message) => answers.push(answer));
      stream.on('error', reject);
      stream.on('end', () => resolve(answers));
    });

  const append = (messages: readonly Message[]): Promise<Message> =>
    new Promise((resolve, reject) => {
      const method = methodOf(streamsService, 'Append');
      const stream = clientOf().makeClientStreamRequest(...method, (error, answer) =>
        error ? reject(error) : resolve(answer as Message),
      );
      for (const message of messages) stream.write(message);
      stream.end();
    });

  /** Returns the answers to the appends of one batch call, in order; the call ends with the last answer. */
  const batch = (items: readonly Message[]): Promise<Message[]> =>
    new Promise((resolve, reject) => {
      const stream = clientOf().makeBidiStreamRequest(...methodOf(streamsService, 'BatchAppend'));
      const answers = new Map<string, Message>();
      const ids = items.map(() => newId());
      stream.on('error', reject);
      stream.on('data', (answer: Message) => {
        answers.set((answer['correlationId'] as { string: string }).string, answer);
        if (answers.size === items.length) stream.end();
      });
      stream.on('end', () => resolve(ids.map((id) => answers.get(id) ?? {})));
      for (const [index, item] of items.entries())
        stream.write({ correlationId: string(ids[index] ?? ''), isFinal: true, ...item });
    });

  const written = async (stream: string, ...messages: readonly Message[]): Promise<Message> =>
    append([{ options: { streamIdentifier: name(stream), any: {} } }, ...messages]);

  return { server: () => server, clientOf, call, all, append, batch, written };
};
