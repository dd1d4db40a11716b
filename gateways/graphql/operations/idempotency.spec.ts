import { ids, startEdge } from '../../../tests/support/graphql/edge';

const open: ReturnType<typeof startEdge>[] = [];
const start = () => {
  const edge = startEdge();
  open.push(edge);
  return edge;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ app }) => app.close()));
});

describe('idempotency', () => {
  const query = (key: string) =>
    `mutation { confirmReceipt(input: { orderId: "x", idempotencyKey: "${key}" }) { __typename } }`;

  it('is the same command for the same key of the same person and mutation', async () => {
    const edge = start();
    const [ada, eve] = [await edge.tokenOf(ids.ada), await edge.tokenOf(ids.eve)];
    await edge.ask(query('one'), { as: ada });
    await edge.ask(query('one'), { as: ada });
    await edge.ask(query('two'), { as: ada });
    await edge.ask(query('one'), { as: eve });
    await edge.ask(query('one').replaceAll('confirmReceipt', 'cancelOrder'), { as: ada });
    const [first, again, ...others] = edge.commands.sent.map(({ context }) => context.commandId);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it('is chosen by the caller only where the caller gives one', async () => {
    const edge = start();
    const as = await edge.tokenOf(ids.ada);
    await edge.ask(query('one'), { as });
    await edge.ask('mutation { confirmReceipt(input: { orderId: "x" }) { __typename } }', { as });
    expect(edge.commands.sent.map(({ context }) => context.keyed)).toEqual([true, false]);
  });

  it('tells by its path that a key was sent with other input', async () => {
    const edge = start();
    edge.commands.reject('confirmReceipt', { code: 'IDEMPOTENCY_KEY_REUSED' });
    const refused = query('one').replace('__typename', '__typename ... on UserError { code path }');
    expect((await edge.ask(refused, { as: await edge.tokenOf(ids.ada) })).data).toEqual({
      confirmReceipt: {
        __typename: 'IdempotencyKeyReusedError',
        code: 'IDEMPOTENCY_KEY_REUSED',
        path: ['input', 'idempotencyKey'],
      },
    });
  });

  it('is another command each time without a key', async () => {
    const edge = start();
    const as = await edge.tokenOf(ids.ada);
    const once = 'mutation { confirmReceipt(input: { orderId: "x" }) { __typename } }';
    await edge.ask(once, { as });
    await edge.ask(once, { as });
    const [first, second] = edge.commands.sent.map(({ context }) => context.commandId);
    expect(first).not.toBe(second);
  });

  it('refuses a key of more than 200 characters', async () => {
    const edge = start();
    const answer = await edge.ask(query('k'.repeat(201)), { as: await edge.tokenOf(ids.ada) });
    expect(answer.errors?.[0]?.extensions.code).toBe('INPUT_INVALID');
    expect(edge.commands.sent).toEqual([]);
  });
});
