import { Agent, request } from 'node:http';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

/** The ids of the pages' documents, by the names of their operations. */
export type DocumentIds = ReadonlyMap<string, string>;

/** As many connections as a browser opens to one server over HTTP/1.1. */
const CONNECTIONS = 6;
const PASSWORD = 'correct horse battery';

type Answer = {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string }[];
};

const extensionsOf = (id: string) => ({ persistedQuery: { version: 1, sha256Hash: id } });

/**
 * One browser with the pages open, as the server sees it: it sends the ids of the pages' documents from an address of its own,
 * over few connections that stay open, and follows its last order over one WebSocket.
 */
export class SimulatedBrowser {
  #token: string | undefined;
  #readAfter: string | undefined;
  #live: Client | undefined;
  #unfollow: (() => void) | undefined;
  #at = 0;
  /** The live updates that came. */
  updates = 0;
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    private readonly address: string,
    private readonly ids: DocumentIds,
    private readonly productId: string,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS, localAddress: address });
  }

  /** @param number - its place among all browsers, each of which is at another step of its visit. */
  async signUp(number: number): Promise<void> {
    this.#at = number;
    const input = { email: `browser.${number}@example.com`, name: `Browser ${number}`, password: PASSWORD };
    const { accessToken } = (await this.ask('SignUp', { input }))['signUp'] as { accessToken: string };
    this.#token = accessToken;
  }

  /** Does what a shopper does next: looks around, fills the cart, and orders at each fourth visit. */
  async step(): Promise<void> {
    const steps = this.steps();
    await steps[this.#at % steps.length]?.();
    this.#at += 1;
  }

  close(): void {
    this.#unfollow?.();
    void this.#live?.dispose();
    this.agent.destroy();
  }

  private steps(): readonly (() => Promise<unknown>)[] {
    const { productId } = this;
    const list = (more: object) => this.ask('Products', { first: 20, sort: 'NAME', ...more });
    const visit = [
      () => list({}),
      () => this.ask('Product', { id: productId }),
      () => list({ query: 'mug' }),
      () => this.ask('Product', { id: productId }),
      () => this.ask('AddToCart', { input: this.keyed({ productId, quantity: 1 }) }),
      () => this.ask('Cart', {}),
    ];
    return [...visit, ...visit, ...visit, ...visit, () => this.ask('Checkout', {}), () => this.order()];
  }

  private keyed(input: object): object {
    return { ...input, idempotencyKey: crypto.randomUUID() };
  }

  private async order(): Promise<void> {
    const input = this.keyed({ destination: { x: 3, y: 9 }, paymentMethod: 'test' });
    const { order } = (await this.ask('PlaceOrder', { input }))['placeOrder'] as {
      order?: { id: string } | null;
    };
    if (!order) return;
    await this.ask('Order', { id: order.id });
    this.follow(order.id);
  }

  /** Follows an order instead of the one before. */
  private follow(orderId: string): void {
    const { address } = this;
    this.#live ??= createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(at: string, protocols: string) {
          super(at, protocols, { localAddress: address });
        }
      },
      connectionParams: { authorization: `Bearer ${this.#token}` },
    });
    this.#unfollow?.();
    this.#unfollow = this.#live.subscribe(
      { query: '', variables: { id: orderId }, extensions: extensionsOf(this.idOf('ShipmentMoved')) },
      { next: () => (this.updates += 1), error: () => undefined, complete: () => undefined },
    );
  }

  private idOf(operation: string): string {
    const id = this.ids.get(operation);
    if (id === undefined) throw new Error(`The pages have no document ${operation}`);
    return id;
  }

  private async ask(operationName: string, variables: object): Promise<Readonly<Record<string, unknown>>> {
    const body = JSON.stringify({
      operationName,
      variables,
      extensions: extensionsOf(this.idOf(operationName)),
    });
    const { data, errors } = await this.post(body);
    if (!data || errors) throw new Error(`${operationName}: ${JSON.stringify(errors)}`);
    for (const field of Object.values(data) as ({ consistencyToken?: string } | null)[])
      this.#readAfter = field?.consistencyToken ?? this.#readAfter;
    return data;
  }

  private post(body: string): Promise<Answer> {
    const headers = {
      'content-type': 'application/json',
      ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      ...(this.#readAfter && { 'x-read-after': this.#readAfter }),
    };
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.url}/graphql`,
        { agent: this.agent, method: 'POST', headers },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (part: string) => (text += part));
          answer.once('end', () => resolve(JSON.parse(text) as Answer));
        },
      );
      asked.once('error', reject);
      asked.end(body);
    });
  }
}
