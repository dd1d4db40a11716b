import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { eventUpcasters, personalData } from '../../cli/composition/aggregates';
import { account, accountEventTypes } from '../../domain/account';
import { addressBook, addressBookEventTypes } from '../../domain/address-book';
import { automaticPromotions, automaticPromotionsEventTypes } from '../../domain/automatic-promotions';
import { carrierInbound, carrierInboundEventTypes } from '../../domain/carrier-inbound';
import { carrierMessage, carrierMessageEventTypes } from '../../domain/carrier-message';
import { cart, cartEventTypes } from '../../domain/cart';
import { definedRoles, definedRolesEventTypes } from '../../domain/defined-roles';
import { erasures, erasuresEventTypes } from '../../domain/erasures';
import { helpfulVote, helpfulVoteEventTypes } from '../../domain/helpful-vote';
import { idempotencyKey, idempotencyKeyEventTypes } from '../../domain/idempotency-key';
import { administrators, administratorsEventTypes } from '../../domain/administrators';
import { afterSales, afterSalesEventTypes } from '../../domain/after-sales';
import { installation, installationEventTypes } from '../../domain/installation';
import { invoice, invoiceEventTypes } from '../../domain/invoice';
import { invoiceSeries, invoiceSeriesEventTypes } from '../../domain/invoice-series';
import { fold } from '../../domain/kernel';
import type { AnyFact, Upcasters } from '../../domain/kernel';
import { merchant, merchantEventTypes } from '../../domain/merchant';
import { notification, notificationEventTypes } from '../../domain/notification';
import { numbering, numberingEventTypes } from '../../domain/numbering';
import { order, orderEventTypes } from '../../domain/order';
import { payment, paymentEventTypes } from '../../domain/payment';
import { picture, pictureEventTypes } from '../../domain/picture';
import { post, postEventTypes } from '../../domain/post';
import { product, productEventTypes } from '../../domain/product';
import { productFamily, productFamilyEventTypes } from '../../domain/product-family';
import { promotion, promotionEventTypes } from '../../domain/promotion';
import { categories as categoryTree, categoriesEventTypes } from '../../domain/categories';
import { review, reviewEventTypes } from '../../domain/review';
import { shipment, shipmentEventTypes } from '../../domain/shipment';
import { taxRates, taxRatesEventTypes } from '../../domain/tax-rates';
import { shippingMethods, shippingMethodsEventTypes } from '../../domain/shipping-methods';
import { stock, stockEventTypes } from '../../domain/stock';
import { trackingNumber, trackingNumberEventTypes } from '../../domain/tracking-number';
import { warehouse, warehouseEventTypes } from '../../domain/warehouse';
import { webhookEndpoints, webhookEndpointsEventTypes } from '../../domain/webhook-endpoints';
import { worldCommand, worldCommandEventTypes } from '../../domain/world-command';
import { worldLink, worldLinkEventTypes } from '../../domain/world-link';
import { schemaOf, upcast, type RecordedEvent } from '../../platform/event-store';
import { realClock, realRandom } from '../../platform/clock';
import { keyCache, personalEvents, type PersonalEvents, type PersonKeys } from '../../platform/personal-data';
import { goldenKeys } from '../support/domain/golden-keys';
import { eventFiles } from '../support/domain/event-files';

/** A decider as its stored past meets it: facts of any shape. */
type Folding = {
  readonly category: string;
  readonly initial: unknown;
  readonly evolve: (state: never, event: never) => unknown;
  readonly upcasters?: Upcasters | undefined;
  readonly personalData?: object | undefined;
  readonly snapshot?: { readonly toPlain: (state: never) => unknown; readonly fromPlain: (plain: unknown) => unknown } | undefined;
};

const aggregates: readonly (readonly [Folding, Readonly<Record<string, true>>])[] = [
  [account, accountEventTypes],
  [addressBook, addressBookEventTypes],
  [automaticPromotions, automaticPromotionsEventTypes],
  [carrierInbound, carrierInboundEventTypes],
  [carrierMessage, carrierMessageEventTypes],
  [cart, cartEventTypes],
  [administrators, administratorsEventTypes],
  [definedRoles, definedRolesEventTypes],
  [erasures, erasuresEventTypes],
  [afterSales, afterSalesEventTypes],
  [installation, installationEventTypes],
  [invoice, invoiceEventTypes],
  [invoiceSeries, invoiceSeriesEventTypes],
  [helpfulVote, helpfulVoteEventTypes],
  [idempotencyKey, idempotencyKeyEventTypes],
  [merchant, merchantEventTypes],
  [notification, notificationEventTypes],
  [numbering, numberingEventTypes],
  [order, orderEventTypes],
  [payment, paymentEventTypes],
  [picture, pictureEventTypes],
  [post, postEventTypes],
  [product, productEventTypes],
  [productFamily, productFamilyEventTypes],
  [promotion, promotionEventTypes],
  [categoryTree, categoriesEventTypes],
  [review, reviewEventTypes],
  [shipment, shipmentEventTypes],
  [shippingMethods, shippingMethodsEventTypes],
  [taxRates, taxRatesEventTypes],
  [stock, stockEventTypes],
  [trackingNumber, trackingNumberEventTypes],
  [warehouse, warehouseEventTypes],
  [webhookEndpoints, webhookEndpointsEventTypes],
  [worldCommand, worldCommandEventTypes],
  [worldLink, worldLinkEventTypes],
];

/**
 * One line of a file each: `{"state": …}`, what was known of the state when the file was made, which the rest must fold to (today's
 * state may hold more besides), then the events as they were stored. An event with sealed data also has the name of its stream,
 * with which the data is authenticated.
 */
type Stored = AnyFact & Pick<RecordedEvent, 'metadata'>;
type Golden = { readonly name: string; readonly state: object; readonly events: readonly Stored[] };

const goldenOf = (category: string): readonly Golden[] => {
  const folder = path.join(__dirname, category);
  return readdirSync(folder).map((name) => {
    const [first, ...rest] = readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');
    const { state } = JSON.parse(first!) as { readonly state: object };
    return { name, state, events: rest.map((line) => JSON.parse(line) as Stored) };
  });
};

const plain = (_: string, value: unknown): unknown => {
  // Not by `instanceof`: what a snapshot restores is of another realm than the test.
  if (types.isMap(value)) return Object.fromEntries(value) as object;
  return types.isSet(value) ? [...value] : value;
};

const sealedText = expect.stringContaining('$sealed') as unknown as { asymmetricMatch: (text: string) => boolean };

/** States hold maps and sets; in a golden stream they are objects and lists. */
const asJson = (state: unknown): unknown => JSON.parse(JSON.stringify(state, plain));

const newest = (personal: PersonalEvents, events: readonly Stored[]): Promise<readonly AnyFact[]> =>
  personal
    .open(events as readonly RecordedEvent[])
    .then((opened) => opened.map((event) => upcast(eventUpcasters, event)));

const personalOf = (keys: Pick<PersonKeys, 'find'>): PersonalEvents =>
  personalEvents(personalData, keyCache(keys, realClock), realRandom);

const personal = personalOf(goldenKeys);
const erased = personalOf({
  find: (people) => Promise.resolve(new Map(people.map((person) => [person, 'destroyed']))),
});

describe.each(aggregates.map(([decider, types]) => ({ category: decider.category, decider, types })))(
  '$category',
  ({ category, decider, types }) => {
    const streams = goldenOf(category);

    it.each(streams)("$name folds with today's evolve", async ({ state, events }) => {
      const facts = await newest(personal, events);
      expect(asJson(fold(decider.evolve as never, decider.initial, facts))).toMatchObject(state);
    });

    it.each(streams)('$name folds once the data of its persons is erased', async ({ events }) => {
      const facts = await newest(erased, events);
      fold(decider.evolve as never, decider.initial, facts);
      for (const { type, data } of facts) expect({ type, data: JSON.stringify(data) }).not.toMatchObject({ data: sealedText });
    });

    const { snapshot, evolve, initial } = decider;
    if (snapshot !== undefined)
      it.each(streams)('$name goes on from a snapshot after any of its events', async ({ events }) => {
        const facts = await newest(personal, events);
        const whole = asJson(fold(evolve as never, initial, facts));
        for (let count = 0; count <= facts.length; count += 1) {
          const state = fold(evolve as never, initial, facts.slice(0, count));
          const plain = deserialize(serialize(snapshot.toPlain(state as never))) as unknown;
          const restored = snapshot.fromPlain(plain);
          expect(asJson(restored)).toEqual(asJson(state));
          expect(asJson(fold(evolve as never, restored, facts.slice(count)))).toEqual(whole);
        }
      });

    it('is read from every store with its upcasters', () =>
      expect(eventUpcasters).toMatchObject(decider.upcasters ?? {}));

    const personalTypes = Object.keys(decider.personalData ?? {});
    if (personalTypes.length > 0)
      it('has every type of event with personal data sealed in some stream', () => {
        const sealed = streams.flatMap(({ events }) => events.filter((event) => sealedText.asymmetricMatch(JSON.stringify(event.data))));
        expect([...new Set(sealed.map(({ type }) => type))].sort()).toStrictEqual([...personalTypes].sort());
      });

    it('has every version of every type of event in some stream', () => {
      const stored = new Set(
        streams.flatMap(({ events }) => events.map(({ type, metadata }) => `${type} ${metadata.schema}`)),
      );
      const declared = Object.keys(types).flatMap((type) =>
        Array.from({ length: schemaOf(decider.upcasters, type) }, (_, index) => `${type} ${index + 1}`),
      );
      expect([...stored].sort()).toStrictEqual(declared.sort());
    });
  },
);

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

const categories = aggregates.map(([{ category }]) => category).sort();

it('has streams of every aggregate that has events', () => {
  const withEvents = eventFiles().map(({ aggregate }) => aggregate.replaceAll('-', '_'));
  expect(withEvents.sort()).toStrictEqual(categories);
});

it('has no stream of an aggregate that is gone', () =>
  expect([...foldersIn(__dirname)].sort()).toStrictEqual(categories));
