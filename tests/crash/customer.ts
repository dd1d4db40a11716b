import { askGraphQL } from '../../cli/program/graphql-client';

/** Returns the present address of the platform; undefined while it is stopped or starting. */
export type WhereItIs = () => string | undefined;

/** The confirmed orders of the customer. */
export type AckedOrder = {
  readonly orderId: string;
  readonly key: string;
  readonly productId: string;
  readonly quantity: number;
};

const PAUSE_MS = 20;
const ANSWER_WITHIN_MS = 120_000;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

const signUp = `mutation ($input: SignUpInput!) {
  signUp(input: $input) { ... on SignUpSuccess { accessToken } ... on UserError { code message } }
}`;
const logIn = `mutation ($input: LogInInput!) {
  logIn(input: $input) { ... on LogInSuccess { accessToken } ... on UserError { code message } }
}`;
const addToCart = `mutation ($input: AddToCartInput!) {
  addToCart(input: $input) { ... on AddToCartSuccess { cart { lines { quantity } } } ... on UserError { code message } }
}`;
const placeOrder = `mutation ($input: PlaceOrderInput!) {
  placeOrder(input: $input) { ... on PlaceOrderSuccess { consistencyToken order { id } } ... on UserError { code message } }
}`;
const ordersPage = `query ($after: String) {
  orders(first: 100, after: $after) { edges { node { id status } } pageInfo { hasNextPage endCursor } }
}`;
const productsPage = '{ products(first: 20) { edges { node { id } } } }';

type Refusal = { readonly code: string; readonly message: string };

const isRefusal = (answer: object): answer is Refusal => 'code' in answer;

/** A customer that places one order after another, and repeats a request with the same key if there was no answer. */
export class Customer {
  readonly acked: AckedOrder[] = [];
  /** The number of requests without an answer. */
  unanswered = 0;
  private token: string | undefined;
  private hasLeft = false;

  constructor(
    readonly email: string,
    private readonly whereItIs: WhereItIs,
  ) {}

  /** Has what is asked fail instead of being asked again. */
  leave(): void {
    this.hasLeft = true;
  }

  async enter(): Promise<void> {
    const credentials = { email: this.email, password: 'correct horse battery' };
    const signedUp = await this.tell<{ accessToken?: string }>(signUp, {
      input: { ...credentials, name: 'Ada' },
    });
    // Signed up before the answer was lost.
    const { accessToken } = isRefusal(signedUp)
      ? await this.tell<{ accessToken?: string }>(logIn, { input: credentials })
      : signedUp;
    if (accessToken === undefined) throw new Error(`${this.email} cannot enter: ${JSON.stringify(signedUp)}`);
    this.token = accessToken;
  }

  async products(): Promise<readonly string[]> {
    const { edges } = await this.tell<{ edges: { node: { id: string } }[] }>(productsPage);
    return edges.map(({ node }) => node.id);
  }

  /** Orders some of a product, and returns when it is certain. */
  async order(key: string, productId: string, quantity: number): Promise<void> {
    const added = await this.tell(addToCart, {
      input: { productId, quantity, idempotencyKey: `${key} add` },
    });
    if (isRefusal(added)) throw new Error(`${key}: not added: ${JSON.stringify(added)}`);
    const input = { destination: { x: 3, y: -4 }, paymentMethod: 'test', idempotencyKey: `${key} place` };
    const placed = await this.tell<{ order: { id: string } | null }>(placeOrder, { input });
    if (isRefusal(placed)) throw new Error(`${key}: not placed: ${JSON.stringify(placed)}`);
    const orderId = placed.order?.id ?? (await this.again(key));
    this.acked.push({ orderId, key, productId, quantity });
  }

  /** All orders of the customer, as the platform shows them. */
  async orders(): Promise<readonly { readonly id: string; readonly status: string }[]> {
    type Page = {
      edges: { node: { id: string; status: string } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    const seen: Page['edges'][number]['node'][] = [];
    for (let after: string | undefined; ;) {
      const { edges, pageInfo } = await this.tell<Page>(ordersPage, { after });
      seen.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) return seen;
      after = pageInfo.endCursor;
    }
  }

  /** The order was placed, but the answer could not show it in time: the same request shows it later. */
  private async again(key: string): Promise<string> {
    const input = { destination: { x: 3, y: -4 }, paymentMethod: 'test', idempotencyKey: `${key} place` };
    for (let tries = 0; tries < 100; tries += 1) {
      const placed = await this.tell<{ order: { id: string } | null }>(placeOrder, { input });
      if (placed.order) return placed.order.id;
      await pause();
    }
    throw new Error(`${key}: placed, but never shown`);
  }

  /** Sends until there is an answer: after a lost connection or a fault the outcome is unknown. */
  private async tell<Field extends object>(
    query: string,
    variables: object = {},
  ): Promise<Field & Partial<Refusal>> {
    const giveUpAt = performance.now() + ANSWER_WITHIN_MS;
    let why: unknown = 'it was never there';
    while (performance.now() < giveUpAt && !this.hasLeft) {
      const url = this.whereItIs();
      if (url !== undefined) {
        try {
          const { data, errors } = await askGraphQL(url, query, variables, this.token);
          const [field] = Object.values(data ?? {});
          if (!errors && field) return field as Field;
          why = errors;
        } catch (error) {
          why = error;
        }
        this.unanswered += 1;
      }
      await pause();
    }
    throw new Error(`${this.email} was not answered within ${ANSWER_WITHIN_MS} ms`, { cause: why });
  }
}
