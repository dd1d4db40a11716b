import { askGraphQL } from '../../../cli/program/graphql-client';
import { eventually } from '../time/eventually';

export type SeenOrder = {
  readonly id: string;
  readonly status: string;
  readonly timeline: readonly { readonly type: string }[];
  readonly shipments: readonly { readonly id: string; readonly status: string }[];
};

const orderFields = 'id status timeline { type } shipments { id status }';

/** A customer who only knows the public GraphQL contract. */
export class Shopper {
  private constructor(
    private readonly url: string,
    readonly token: string,
    readonly id: string,
  ) {}

  static async signUp(
    url: string,
    email: string,
    more: { readonly name?: string; readonly device?: string } = {},
  ): Promise<Shopper> {
    return Shopper.comeIn(url, 'signUp', { email, password: 'correct horse battery', name: 'Ada', ...more });
  }

  static async logIn(url: string, email: string, password: string, device?: string): Promise<Shopper> {
    return Shopper.comeIn(url, 'logIn', { email, password, device });
  }

  private static async comeIn(url: string, how: 'signUp' | 'logIn', input: object): Promise<Shopper> {
    const name = how === 'signUp' ? 'SignUp' : 'LogIn';
    const mutation = `mutation ($input: ${name}Input!) {
      ${how}(input: $input) {
        ... on ${name}Success { accessToken account { id } } ... on UserError { code message }
      }
    }`;
    const { data, errors } = await askGraphQL(url, mutation, { input });
    const session = data?.[how] as { accessToken?: string; account?: { id: string } } | undefined;
    if (!session?.accessToken || !session.account)
      throw new Error(`No ${how}: ${JSON.stringify(errors ?? data)}`);
    return new Shopper(url, session.accessToken, session.account.id);
  }

  /** Returns the same customer at another address of the same platform. */
  at(url: string): Shopper {
    return new Shopper(url, this.token, this.id);
  }

  /** @throws Error when the answer has errors, or is a refusal. */
  async ask<Field>(query: string, variables: object = {}): Promise<Field> {
    const { data, errors } = await askGraphQL(this.url, query, variables, this.token);
    const [field] = Object.values(data ?? {});
    const refused = typeof field === 'object' && field !== null && 'code' in field;
    if (errors || refused) throw new Error(JSON.stringify(errors ?? field));
    return field as Field;
  }

  /** Sends a mutation. @returns the selected fields of its success. @throws Error when it is refused. */
  async send<Success>(mutation: string, input: object, selection = '__typename'): Promise<Success> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}`;
    const answer = `... on ${type}Success { ${selection} } ... on UserError { code message }`;
    return this.ask(`mutation ($input: ${type}Input!) { ${mutation}(input: $input) { ${answer} } }`, {
      input,
    });
  }

  /** The first products that can be had now, cheapest last in no particular order. */
  async productsOnHand(wanted: number): Promise<readonly string[]> {
    let ids: readonly string[] = [];
    await eventually(async () => {
      const query = '{ products(first: 20) { edges { node { id availability { available } } } } }';
      type Products = { edges: { node: { id: string; availability: { available: boolean } } }[] };
      const { edges } = await this.ask<Products>(query);
      ids = edges.filter(({ node }) => node.availability.available).map(({ node }) => node.id);
      return ids.length >= wanted;
    }, 20_000);
    return ids.slice(0, wanted);
  }

  async addToCart(productId: string, quantity: number, idempotencyKey?: string): Promise<void> {
    const mutation = `mutation ($input: AddToCartInput!) {
      addToCart(input: $input) { ... on AddToCartSuccess { cart { lines { quantity } } } ... on UserError { code message } }
    }`;
    await this.ask(mutation, { input: { productId, quantity, idempotencyKey } });
  }

  async placeOrder(destination: { x: number; y: number }, idempotencyKey?: string): Promise<SeenOrder> {
    const mutation = `mutation ($input: PlaceOrderInput!) {
      placeOrder(input: $input) { ... on PlaceOrderSuccess { order { ${orderFields} } } ... on UserError { code message } }
    }`;
    const input = { destination, paymentMethod: 'test', idempotencyKey };
    const { order } = await this.ask<{ order: SeenOrder }>(mutation, { input });
    return order;
  }

  /**
   * Orders what is in the cart; resolves when the order shows. With the read models in another process that may be after
   * the answer, which then has no order.
   *
   * @returns its id.
   */
  async place(destination: { x: number; y: number }): Promise<string> {
    const before = new Set((await this.orders()).map(({ id }) => id));
    await this.placeOrder(destination);
    let placed: string | undefined;
    await eventually(async () => {
      placed = (await this.orders()).find(({ id }) => !before.has(id))?.id;
      return placed !== undefined;
    }, 30_000);
    return placed!;
  }

  async order(id: string): Promise<SeenOrder> {
    return this.ask<SeenOrder>(`query ($id: ID!) { order(id: $id) { ${orderFields} } }`, { id });
  }

  async orders(): Promise<readonly SeenOrder[]> {
    const query = `{ orders(first: 100) { edges { node { ${orderFields} } } } }`;
    return (await this.ask<{ edges: { node: SeenOrder }[] }>(query)).edges.map(({ node }) => node);
  }

  async waitFor(id: string, status: string, timeoutMs: number): Promise<SeenOrder> {
    let seen = await this.order(id);
    await eventually(async () => {
      seen = await this.order(id);
      return seen.status === status;
    }, timeoutMs).catch((error: unknown) => {
      throw new Error(`The order is ${JSON.stringify(seen)}`, { cause: error });
    });
    return seen;
  }
}
