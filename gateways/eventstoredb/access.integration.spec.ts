import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { EventStoreDBClient } from '@eventstore/db-client';
import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import { authority, certificateFiles, certified } from '../../tests/support/process/certificates';
import { failureOf, marked, newName } from '../../tests/support/event-store/db-client';
import {
  failure,
  name,
  newStream,
  proposed,
  readOptions,
  trailers,
  withPlainMessages,
} from '../../tests/support/event-store/eventstore-messages';
import type { Message } from '../../tests/support/event-store/eventstore-messages';
import { startStoreServer } from '../../tests/support/event-store/eventstore-server';
import { collect } from '../../tests/support/event-store/new-events';
import { gossipService, streamsService } from './services';

const guardedCategories = new Set(['account']);
const remedy = 'Ask ada.';

describe('a server without a password', () => {
  const { server, call, all, append, batch, written } = withPlainMessages({ guardedCategories, remedy });
  const denied = { code: status.PERMISSION_DENIED, details: expect.stringContaining(remedy) as string };
  const to = (stream: string) => ({ options: { streamIdentifier: name(stream), any: {} } });
  beforeAll(async () => {
    const id = new Uint8Array(16);
    await server().store.raw.append('account-1', -1, [{ id, type: 'a', data: '{}', metadata: '' }]);
  });

  it.each([
    ['append', (stream: string) => append([to(stream), proposed()])],
    ['append of nothing', (stream: string) => append([to(stream)])],
    ['deletion', (stream: string) => call({ service: streamsService, method: 'Delete' }, to(stream))],
    ['tombstone', (stream: string) => call({ service: streamsService, method: 'Tombstone' }, to(stream))],
  ])('takes no %s for a guarded category, nor for its metadata', async (_, write) => {
    for (const stream of ['account-1', 'account-2', '$$account-1', '$$$$account-1']) {
      const error = await failure(write(stream));
      expect(error).toMatchObject(denied);
      expect(trailers(error)).toMatchObject({ exception: 'access-denied' });
    }
    expect(server().store.raw.standing('account-1')).toEqual({ revision: 0, isTombstone: false });
  });

  it('tells so of one append in a batch, and takes the others', async () => {
    const answers = await batch(
      ['account-1', newStream()].map((stream) => ({
        options: { streamIdentifier: name(stream), any: {} },
        proposedMessages: [proposed()['proposedMessage']],
      })),
    );
    expect(answers.map(({ result }) => result)).toEqual(['error', 'success']);
    const { error } = answers[0] as { error: { code: number; details: { type_url: string } } };
    expect([error.code, error.details.type_url.split('.').at(-1)]).toEqual([7, 'AccessDenied']);
  });

  it('takes appends to other streams, and lets all be read', async () => {
    for (const stream of ['accounts-1', 'account', 'my_account-1'])
      expect(await written(stream, proposed())).toHaveProperty('success');
    const request = readOptions({ stream: { streamIdentifier: name('account-1'), start: {} } });
    expect(await all(request)).toHaveLength(1);
  });
});

describe('a server with a password', () => {
  const { server, call, all, written, clientOf } = withPlainMessages({
    credentials: 'ada:lovelace',
    guardedCategories,
  });
  const showing = (shown?: string): Metadata => {
    const metadata = new Metadata();
    if (shown) metadata.set('authorization', `Basic ${Buffer.from(shown).toString('base64')}`);
    return metadata;
  };
  const remove = (stream: string, metadata?: Metadata): Promise<Message> =>
    call(
      { service: streamsService, method: 'Tombstone' },
      { options: { streamIdentifier: name(stream), any: {} } },
      metadata,
    );

  it.each([undefined, 'ada:byron', 'ada:lovelace2', 'ada:', 'x'])(
    'takes nothing from who shows %s',
    async (shown) => {
      const error = await failure(remove('trial-1', showing(shown)));
      expect(error.code).toBe(status.UNAUTHENTICATED);
      expect(trailers(error)).toMatchObject({ exception: 'access-denied' });
    },
  );

  it('shows nothing to who does not show it', async () => {
    expect((await failure(all(readOptions({ all: { start: {} } })))).code).toBe(status.UNAUTHENTICATED);
    expect((await failure(written('trial-1', proposed()))).code).toBe(status.UNAUTHENTICATED);
  });

  it('takes everything from who shows it, guarded categories too', async () => {
    expect(await remove('account-1', showing('ada:lovelace'))).toHaveProperty('position');
  });

  it('can be found by everyone', async () => {
    const client = clientOf(server().address);
    expect(await call({ service: gossipService, method: 'Read', client }, {})).toHaveProperty('members');
  });
});

describe('a server with a certificate', () => {
  it('is spoken to over TLS by clients, which then show their password', async () => {
    const server = await startStoreServer({
      tls: { cert: certified.certificate, key: certified.key },
      credentials: 'ada:lovelace',
    });
    const url = (user: string) =>
      `esdb://${user}@localhost:${server.port}?tls=true&tlsCAFile=${certificateFiles.authority}`;
    const client = EventStoreDBClient.connectionString(url('ada:lovelace'));
    const stream = newName();
    await client.appendToStream(stream, marked(1));
    expect(await collect(client.readStream(stream))).toHaveLength(1);
    await client.dispose();

    const stranger = EventStoreDBClient.connectionString(url('ada:byron'));
    expect((await failureOf(collect(stranger.readStream(stream))))['type']).toBe('access-denied');
    await stranger.dispose();

    const plain = new Client(server.address, credentials.createInsecure());
    const read = new Promise((resolve, reject) => {
      plain.makeUnaryRequest(
        '/x/Y',
        () => Buffer.alloc(0),
        () => ({}),
        {},
        (error) => (error ? reject(error) : resolve(undefined)),
      );
    });
    expect((await failure(read)).code).toBe(status.UNAVAILABLE);
    plain.close();
    const page = get(`https://localhost:${server.port}/health/live`, { ca: authority, agent: false });
    const [response] = (await once(page, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(204);
    await server.remove();
  });
});
