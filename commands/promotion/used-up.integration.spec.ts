import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountId } from '../../domain/kernel';
import { promotion } from '../../domain/promotion';
import { realClock, realRandom } from '../../platform/clock';
import { openEmbeddedEventStore, type EmbeddedEventStore } from '../../platform/event-store/embedded';
import { createAggregates, type Principal } from '../../platform/execution';
import { silentLogger as logger } from '../../platform/telemetry';
import { noErasures } from '../../tests/support/commands/people';
import {
  createScriptedProvider,
  customer,
  gbp,
  idOf,
  system,
} from '../../tests/support/commands/order-fixture';
import { everyUrl } from '../../tests/support/commands/every-url';
import { createNumbers } from '../numbering';
import { createPayments } from '../payment';
import { createUseCases, type UseCaseRegistry } from '../use-cases';
import { standInGeocoder } from '../../gateways/geocoding';

const USES = 100;
const BUYERS = 2_000;
/** As many as the queue of one stream takes. */
const AT_ONCE = 500;

let directory: string;
let store: EmbeddedEventStore;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-coupon-'));
  store = await openEmbeddedEventStore({ directory, clock: realClock });
});
afterAll(async () => {
  await store.close();
  await rm(directory, { recursive: true });
});

const openUseCases = () => {
  const aggregates = createAggregates({
    store,
    clock: realClock,
    random: realRandom,
    logger,
    soleWriter: true,
  });
  const paying = {
    aggregates,
    clock: realClock,
    random: realRandom,
    logger,
    provider: createScriptedProvider(),
  };
  const numbers = createNumbers(paying);
  const passwords = { hash: async () => '', matches: async () => false };
  const useCases = createUseCases({
    ...paying,
    ...noErasures,
    numbers,
    passwords,
    webhookUrls: everyUrl,
    geocoder: standInGeocoder,
    ...createPayments(paying),
  });
  return { aggregates, useCases };
};

const contextOf = (name: string, principal: Principal = system) => ({
  ...{ commandId: idOf(name), keyed: false, correlationId: 'c', principal },
});

const inWaves = async <Result>(count: number, run: (index: number) => Promise<Result>) => {
  const results: Result[] = [];
  for (let from = 0; from < count; from += AT_ONCE)
    results.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => run(from + at)),
      )),
    );
  return results;
};

const fillCarts = async (useCases: UseCaseRegistry, buyers: readonly AccountId[]) => {
  const facts = { sku: 'MUG', name: 'Mug', description: '', category: 'desk', price: gbp(500) };
  const registered = await useCases.registerProduct(facts, contextOf('mug'));
  if (registered.kind !== 'accepted') throw new Error('no product');
  const { productId } = registered.value;
  await inWaves(buyers.length, async (index) => {
    const customerId = buyers[index]!;
    const as = customer(customerId);
    await useCases.addToCart({ customerId, productId, quantity: 1 }, contextOf(`add ${index}`, as));
    return useCases.applyCoupon({ customerId, coupon: 'FIRST100' }, contextOf(`apply ${index}`, as));
  });
};

it(`a coupon with ${USES} uses and ${BUYERS} buyers is used ${USES} times, and every other buyer is refused with the reason`, async () => {
  const { aggregates, useCases } = openUseCases();
  const rule = { name: 'First', coupon: 'FIRST100', percent: 20, usesMax: USES, usesOfCustomerMax: 1 };
  const created = await useCases.createPromotion(rule, contextOf('coupon'));
  if (created.kind !== 'accepted') throw new Error('no coupon');
  const { promotionId } = created.value;
  const buyers = Array.from({ length: BUYERS }, (_, index) => idOf(`buyer ${index}`) as AccountId);
  await fillCarts(useCases, buyers);

  const outcomes = await inWaves(BUYERS, async (index) => {
    const customerId = buyers[index]!;
    const as = customer(customerId);
    const input = { customerId, destination: { x: 0, y: 0 } };
    const place = (more: object) =>
      useCases.placeOrder({ ...input, ...more, expectedTotal: gbp(400) }, contextOf(`place ${index}`, as));
    // Every other buyer orders by a quote.
    if (index % 2 === 0) return place({});
    const quoted = await useCases.quoteCart(input, contextOf(`quote ${index}`, as));
    return quoted.kind === 'accepted' ? place({ quote: quoted.value.quote }) : quoted;
  });
  const accepted = outcomes.filter(({ kind }) => kind === 'accepted');
  const refused = outcomes.flatMap((outcome) => (outcome.kind === 'rejected' ? [outcome.rejection] : []));
  expect(accepted).toHaveLength(USES);
  expect(refused).toHaveLength(BUYERS - USES);
  for (const refusal of refused)
    expect(refusal).toEqual({ code: 'PROMOTION_USED_UP', promotionId, usesMax: USES });

  const state = await aggregates.of(promotion).load(promotionId);
  expect(state.status === 'NONE' ? 0 : state.uses.size).toBe(USES);
  const counts = new Map<string, number>();
  for await (const { type } of store.readAll()) counts.set(type, (counts.get(type) ?? 0) + 1);
  expect(counts.get('OrderPlaced')).toBe(USES);
  expect(counts.get('PromotionUseReserved')).toBe(USES);
  expect(counts.get('PromotionUseReleased')).toBeUndefined();
}, 120_000);
