import Fastify, { type FastifyInstance } from 'fastify';
import type { Instant, Millis } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import { demandRouteAccess } from '../../platform/route-access';
import { createVirtualClock, type VirtualClock } from '../../tests/support/time/virtual-clock';
import { payerPage } from './payer-page';
import { memoryLedger, type TestLedger } from './test-ledger';
import { endingName, paymentName, type BegunPayment, type Ending, type TestMethod } from './test-provider';

const MINUTE = 60_000;

let app: FastifyInstance;
let clock: VirtualClock;
let ledger: TestLedger;
let notices: string[];

const begin = (method: TestMethod, orderId = 'order-1'): Promise<BegunPayment> =>
  ledger.note<BegunPayment>(paymentName('k'), {
    ...{ method, orderId, amount: { amountMinor: 1_300, currency: 'GBP' as CurrencyCode } },
    begunAt: clock.now(),
    payBy: new Date(Date.parse(clock.now()) + 30 * MINUTE).toISOString() as Instant,
  });

beforeEach(async () => {
  clock = createVirtualClock();
  ledger = memoryLedger();
  notices = [];
  app = Fastify();
  demandRouteAccess(app);
  const notify = async ({ paymentKey }: { paymentKey: string }) => void notices.push(paymentKey);
  await app.register(payerPage({ ledger, clock, notify }));
});
afterEach(() => app.close());

const show = (headers = {}) => app.inject({ method: 'GET', url: '/test-payments/k', headers });
const decide = (step: 'approve' | 'decline', headers = {}) =>
  app.inject({
    ...{ method: 'POST', url: `/test-payments/k/${step}`, payload: '' },
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
const ending = () => ledger.find<Ending>(endingName('k'));

it('shows the amount and the choice, in English and Chinese', async () => {
  await begin('test-redirect');
  const page = await show();
  expect(page.body).toContain('£13.00');
  expect(page.body).toContain('<button>Approve</button>');
  expect(page.headers['content-security-policy']).toContain("form-action 'self'");
  expect((await show({ 'accept-language': 'zh-CN,zh;q=0.9' })).body).toContain('同意支付');
});

it.each([
  ['approve', 'approved'],
  ['decline', 'declined'],
] as const)('notes the decision to %s once, sends a notice and returns to the order', async (step, by) => {
  await begin('test-redirect');
  const answer = await decide(step);
  expect([answer.statusCode, answer.headers.location]).toEqual([303, '/orders/order-1']);
  expect(await ending()).toEqual({ by });
  expect((await decide(step)).headers.location).toBe('/orders/order-1');
  expect(notices).toEqual(['k']);
});

it.each([
  ['test-redirect-notice-twice', 2],
  ['test-redirect-no-notice', 0],
] as const)('sends the notices that are meant by %s', async (method, count) => {
  await begin(method);
  await decide('approve');
  expect(notices).toHaveLength(count);
});

it('does not let a second tab decide otherwise, nor show the choice again', async () => {
  await begin('test-redirect');
  await decide('approve');
  expect((await decide('decline')).headers.location).toBe('/test-payments/k');
  const { body } = await show();
  expect(body).toContain('You have approved the payment.');
  expect(body).not.toContain('<button>');
  expect(await ending()).toEqual({ by: 'approved' });
});

it('is over with the time of the payment', async () => {
  await begin('test-redirect');
  await clock.advance((31 * MINUTE) as Millis);
  expect((await decide('approve')).headers.location).toBe('/test-payments/k');
  expect((await show()).body).toContain('The time for the payment is over.');
  expect(await ending()).toEqual({ by: 'expired' });
});

it('is not decided by another site', async () => {
  await begin('test-redirect');
  expect((await decide('approve', { 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
  expect(await ending()).toBeUndefined();
});

it.each(['/test-payments/none', `/test-payments/${'k'.repeat(80)}`])(
  'knows no payment at %.30s',
  async (url) => {
    expect((await app.inject({ method: 'GET', url })).statusCode).toBe(404);
  },
);

it('shows text of others as text', async () => {
  await begin('test-redirect', '"><script>');
  expect((await show()).body).not.toContain('"><script>');
});
