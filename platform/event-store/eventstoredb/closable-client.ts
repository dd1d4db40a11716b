import { EventStoreDBClient } from '@eventstore/db-client';
import type { Channel } from '@grpc/grpc-js';
import type { ClientSettings } from './connection-string';

/** The client, and a way to be rid of it: by itself it keeps its connection open for half an hour after its last call. */
export class ClosableClient extends EventStoreDBClient {
  private opened: Promise<Channel> | undefined;

  constructor({ connection, tls, credentials }: ClientSettings) {
    // One signature a kind of connection; the client itself tells them apart by their fields.
    super(connection as ConstructorParameters<typeof EventStoreDBClient>[0], tls, credentials);
    const open = this.getChannel;
    this.getChannel = () => {
      this.opened = open();
      return this.opened;
    };
  }

  /** Cancels what is under way, then closes the connection. */
  async close(): Promise<void> {
    await this.dispose();
    const channel = await this.opened?.catch(() => undefined);
    channel?.close();
  }
}
