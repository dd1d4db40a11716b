import type { Credentials, EventStoreDBClient } from '@eventstore/db-client';
import type { Channel } from '@grpc/grpc-js';
import type { ClientSettings } from './connection-string';

/** The client with a method to close it: otherwise its connection stays open for half an hour after its last call. */
export type ClosableClient = EventStoreDBClient & {
  /** Cancels calls in flight, then closes the connection. */
  close(): Promise<void>;
};

export type NewClient = (settings: ClientSettings) => ClosableClient;

/** Loads the client's package on demand, because that takes a quarter of a second. */
export const loadClient = async (): Promise<NewClient> => {
  const { EventStoreDBClient: Client } = await import('@eventstore/db-client');
  class Closable extends Client {
    private opened: Promise<Channel> | undefined;

    constructor({ connection, tls, credentials }: ClientSettings) {
      // One signature for each kind of connection; the client distinguishes them by their fields.
      super(connection as ConstructorParameters<typeof Client>[0], tls, credentials);
      if (credentials !== undefined && tls.insecure === true) this.showWithoutTls(credentials);
      const open = this.getChannel;
      this.getChannel = () => {
        this.opened = open();
        return this.opened;
      };
    }

    /** Sends user and password without TLS, which the client refuses. A server on this machine needs no TLS. */
    private showWithoutTls({ username, password }: Credentials): void {
      const shown = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
      const argumentsOf = this.callArguments;
      this.callArguments = (...given) => {
        const [metadata, options] = argumentsOf(...given);
        metadata.set('authorization', shown);
        return [metadata, options];
      };
    }

    async close(): Promise<void> {
      await this.dispose();
      const channel = await this.opened?.catch(() => undefined);
      channel?.close();
    }
  }
  return (settings) => new Closable(settings);
};
