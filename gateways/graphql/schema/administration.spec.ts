import type { Instant } from '../../../domain/kernel';
import { readConfig, shownSettings } from '../../../platform/config';
import { ids, startEdge, type Shown } from '../../../tests/support/graphql/edge';

const { config } = readConfig({ WAYBILL_HTTP_PORT: '4100', WAYBILL_ADMIN_PASSWORD: 'correct horse' });
const edge = startEdge({ settings: shownSettings(config) });
let ada: string, staff: string, administrator: string;

beforeAll(async () => {
  ada = await edge.tokenOf(ids.ada, 'customer');
  staff = await edge.tokenOf(ids.sam, 'staff');
  administrator = await edge.tokenOf(ids.sam, 'administrator');
});
afterAll(() => edge.app.close());

const data = async (query: string, as: string): Promise<Shown> => {
  const answer = await edge.ask(query, { as });
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
};
const codeOf = async (query: string, as?: string) =>
  (await edge.ask(query, as === undefined ? {} : { as })).errors?.[0]?.extensions.code;

const queries = {
  settings: '{ settings { name value help isSecret } }',
  accounts: '{ accounts { edges { node { name roles } } } }',
  exchanges: '{ exchangesOfShipment(number: "9007") { edges { node { kind } } } }',
};

it('shows the settings to administrators, without secrets', async () => {
  const { settings } = await data(queries.settings, administrator);
  const port = { name: 'WAYBILL_HTTP_PORT', value: '4100', isSecret: false };
  const password = { name: 'WAYBILL_ADMIN_PASSWORD', value: '[secret]', isSecret: true };
  expect(settings).toEqual(
    expect.arrayContaining([expect.objectContaining(port), expect.objectContaining(password)]),
  );
  expect(JSON.stringify(settings)).not.toContain('correct horse');
});

it('lists the accounts for administrators, or one by its address', async () => {
  const named = (query: string) => data(query, administrator);
  const sam = { node: { name: 'Sam', roles: ['customer', 'seller'] } };
  expect(await named(queries.accounts)).toEqual({
    accounts: { edges: [{ node: { name: 'Ada', roles: ['customer'] } }, sam] },
  });
  expect(await named('{ accounts(email: " SAM@example.com ") { edges { node { name roles } } } }')).toEqual({
    accounts: { edges: [sam] },
  });
});

it.each(['settings', 'accounts'] as const)('%s is not for staff, customers and guests', async (name) => {
  expect(await codeOf(queries[name], staff)).toBe('NOT_PERMITTED');
  expect(await codeOf(queries[name], ada)).toBe('NOT_PERMITTED');
  expect(await codeOf(queries[name])).toBe('NOT_AUTHENTICATED');
});

it('finds the messages about a shipment for staff', async () => {
  edge.shop.exchanges.push({
    ...{ id: 'e', link: 'world:world', direction: 'sent', kind: 'pack', status: 'acked', parked: false },
    ...{
      seqnum: 1,
      shipmentNumber: 9_007,
      content: '{}',
      note: null,
      at: '2026-01-31T08:00:00.000Z' as Instant,
    },
    ...{ settledAt: null, correlationId: 'c' },
  });
  expect(await data(queries.exchanges, staff)).toEqual({
    exchangesOfShipment: { edges: [{ node: { kind: 'pack' } }] },
  });
  expect(await data(queries.exchanges.replace('9007', '9008'), staff)).toEqual({
    exchangesOfShipment: { edges: [] },
  });
  expect(await codeOf(queries.exchanges.replace('9007', 'nine'), staff)).toBe('INPUT_INVALID');
  expect(await codeOf(queries.exchanges, ada)).toBe('NOT_PERMITTED');
});

it('lists the own orders of staff, where they ask for these', async () => {
  const orders = (own: boolean) => data(`{ orders(own: ${own}) { edges { node { id } } } }`, staff);
  expect(await orders(false)).toEqual({ orders: { edges: [{ node: { id: ids.order } }] } });
  expect(await orders(true)).toEqual({ orders: { edges: [] } });
});
