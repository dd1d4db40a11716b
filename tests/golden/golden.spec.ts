import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { types } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { eventUpcasters } from '../../cli/aggregates';
import { account, accountEventTypes } from '../../domain/account';
import { addressBook, addressBookEventTypes } from '../../domain/address-book';
import { carrierInbound, carrierInboundEventTypes } from '../../domain/carrier-inbound';
import { carrierMessage, carrierMessageEventTypes } from '../../domain/carrier-message';
import { cart, cartEventTypes } from '../../domain/cart';
import { idempotencyKey, idempotencyKeyEventTypes } from '../../domain/idempotency-key';
import { administrators, administratorsEventTypes } from '../../domain/administrators';
import { installation, installationEventTypes } from '../../domain/installation';
import { fold } from '../../domain/kernel';
import type { AnyFact, Upcasters } from '../../domain/kernel';
import { notification, notificationEventTypes } from '../../domain/notification';
import { numbering, numberingEventTypes } from '../../domain/numbering';
import { order, orderEventTypes } from '../../domain/order';
import { payment, paymentEventTypes } from '../../domain/payment';
import { product, productEventTypes } from '../../domain/product';
import { review, reviewEventTypes } from '../../domain/review';
import { shipment, shipmentEventTypes } from '../../domain/shipment';
import { stock, stockEventTypes } from '../../domain/stock';
import { trackingNumber, trackingNumberEventTypes } from '../../domain/tracking-number';
import { warehouse, warehouseEventTypes } from '../../domain/warehouse';
import { worldCommand, worldCommandEventTypes } from '../../domain/world-command';
import { worldLink, worldLinkEventTypes } from '../../domain/world-link';
import { schemaOf, upcast, type RecordedEvent } from '../../platform/event-store';
import { eventFiles } from '../support/domain/event-files';

/** A decider as its stored past meets it: facts of any shape. */
type Folding = {
  readonly category: string;
  readonly initial: unknown;
  readonly evolve: (state: never, event: never) => unknown;
  readonly upcasters?: Upcasters | undefined;
  readonly snapshot?: { readonly toPlain: (state: never) => unknown; readonly fromPlain: (plain: unknown) => unknown } | undefined;
};

const aggregates: readonly (readonly [Folding, Readonly<Record<string, true>>])[] = [
  [account, accountEventTypes],
  [addressBook, addressBookEventTypes],
  [carrierInbound, carrierInboundEventTypes],
  [carrierMessage, carrierMessageEventTypes],
  [cart, cartEventTypes],
  [administrators, administratorsEventTypes],
  [installation, installationEventTypes],
  [idempotencyKey, idempotencyKeyEventTypes],
  [notification, notificationEventTypes],
  [numbering, numberingEventTypes],
  [order, orderEventTypes],
  [payment, paymentEventTypes],
  [product, productEventTypes],
  [review, reviewEventTypes],
  [shipment, shipmentEventTypes],
  [stock, stockEventTypes],
  [trackingNumber, trackingNumberEventTypes],
  [warehouse, warehouseEventTypes],
  [worldCommand, worldCommandEventTypes],
  [worldLink, worldLinkEventTypes],
];

/**
 * One line of a file each: `{"state": …}`, what was known of the state when the file was made, which the rest must fold to (today's
 * state may hold more besides), then the events as they were stored.
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

/** States hold maps and sets; in a golden stream they are objects and lists. */
const asJson = (state: unknown): unknown => JSON.parse(JSON.stringify(state, plain));

const newest = (event: Stored): AnyFact => upcast(eventUpcasters, event as RecordedEvent);

describe.each(aggregates.map(([decider, types]) => ({ category: decider.category, decider, types })))(
  '$category',
  ({ category, decider, types }) => {
    const streams = goldenOf(category);

    it.each(streams)("$name folds with today's evolve", ({ state, events }) =>
      expect(asJson(fold(decider.evolve as never, decider.initial, events.map(newest)))).toMatchObject(state),
    );

    const { snapshot, evolve, initial } = decider;
    if (snapshot !== undefined)
      it.each(streams)('$name goes on from a snapshot after any of its events', ({ events }) => {
        const facts = events.map(newest);
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
