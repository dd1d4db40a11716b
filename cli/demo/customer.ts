import { Fault } from '../../platform/faults';
import { askGraphQL } from '../program/graphql-client';
import type { Spot } from './map';

export type DemoOrder = {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly total: { readonly formatted: string };
  readonly timeline: readonly { readonly at: string; readonly summary: string }[];
  readonly shipments: readonly { readonly truckId: number | null }[];
};

export type DemoProduct = { readonly id: string; readonly name: string };

const orderFields = 'id number status total { formatted } timeline { at summary } shipments { truckId }';

const ask = async <Field>(url: string, query: string, variables: object, token?: string): Promise<Field> => {
  const { data, errors } = await askGraphQL(url, query, variables, token);
  const [field] = Object.values(data ?? {});
  if (errors !== undefined || field === undefined) {
    throw new Fault('COMMANDS_UNAVAILABLE', `The shop did not answer: ${JSON.stringify(errors ?? data)}`);
  }
  return field as Field;
};

/** A customer who uses the public GraphQL API, as any client would. */
export class DemoCustomer {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async signUp(url: string, email: string): Promise<DemoCustomer> {
    const mutation = `mutation ($input: SignUpInput!) { signUp(input: $input) { ... on SignUpSuccess { accessToken } } }`;
    const input = { email, name: 'Ada', password: 'correct horse battery staple' };
    const { accessToken } = await ask<{ accessToken: string }>(url, mutation, { input });
    return new DemoCustomer(url, accessToken);
  }

  /** Returns products that are available. */
  async products(): Promise<readonly DemoProduct[]> {
    const query = '{ products(first: 20) { edges { node { id name availability { available } } } } }';
    type Products = {
      edges: { node: DemoProduct & { availability: { available: number } } }[];
    };
    const { edges } = await ask<Products>(this.url, query, {}, this.token);
    return edges.map(({ node }) => node).filter(({ availability }) => availability.available > 0);
  }

  async addToCart(productId: string, quantity: number): Promise<void> {
    const mutation = `mutation ($input: AddToCartInput!) { addToCart(input: $input) { __typename } }`;
    await ask(this.url, mutation, { input: { productId, quantity } }, this.token);
  }

  /** @returns undefined where the read models do not show the order yet; `latestOrder` returns it later. */
  async placeOrder(destination: Spot): Promise<DemoOrder | undefined> {
    const mutation = `mutation ($input: PlaceOrderInput!) {
      placeOrder(input: $input) { ... on PlaceOrderSuccess { order { ${orderFields} } } ... on UserError { code message } }
    }`;
    const input = { destination, paymentMethod: 'test' };
    const answer = await ask<{ order?: DemoOrder | null; message?: string }>(
      this.url,
      mutation,
      { input },
      this.token,
    );
    if (answer.order === undefined)
      throw new Fault('INPUT_INVALID', answer.message ?? 'The order was refused.');
    return answer.order ?? undefined;
  }

  async latestOrder(): Promise<DemoOrder | undefined> {
    const query = `{ orders(first: 1) { edges { node { ${orderFields} } } } }`;
    const { edges } = await ask<{ edges: { node: DemoOrder }[] }>(this.url, query, {}, this.token);
    return edges[0]?.node;
  }

  order(id: string): Promise<DemoOrder> {
    return ask(this.url, `query ($id: ID!) { order(id: $id) { ${orderFields} } }`, { id }, this.token);
  }
}
