import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node';
import { categoryOf, type RecordedEvent } from '../../platform/event-store';
import { Shopper } from '../support/graphql/shopper';
import { storedEvents } from '../support/event-store/stored';
import { WaybillHome } from '../support/process/waybill';
import { endTracing } from '../../platform/telemetry';

const traceIdOf = ({ metadata }: RecordedEvent): string | undefined => metadata.traceparent?.split('-')[1];

type Said = {
  readonly shipmentId?: string;
  readonly number?: number;
  readonly report?: { readonly shipmentNumber?: number };
};

/** Everything that was recorded because of the order, whichever stream it is in. */
const eventsOf = (orderId: string, events: readonly RecordedEvent[]): readonly RecordedEvent[] => {
  const created = events.find(
    ({ type, data }) => type === 'ShipmentCreated' && JSON.stringify(data).includes(orderId),
  );
  const { shipmentId, number } = created!.data as Said;
  return events.filter(({ data }) => {
    const text = JSON.stringify(data);
    const isReported = (data as Said).report?.shipmentNumber === number;
    return text.includes(orderId) || text.includes(shipmentId!) || isReported;
  });
};

describe('the trace of an order', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let home: WaybillHome;
  let about: readonly RecordedEvent[];
  let spans: readonly ReadableSpan[];
  let traceId: string;
  beforeAll(async () => {
    provider.register();
    home = await WaybillHome.make();
    const waybill = await home.start();
    const shopper = await Shopper.signUp(waybill.url, 'ada@example.com');
    const [lamp] = await shopper.productsOnHand(1);
    await shopper.addToCart(lamp!, 1);
    const { id } = await shopper.placeOrder({ x: 3, y: 9 });
    await shopper.waitFor(id, 'FULFILLED', 30_000);
    await waybill.close();
    const events = await storedEvents(home.directory);
    about = eventsOf(id, events);
    traceId = traceIdOf(about.find(({ type }) => type === 'OrderPlaced')!)!;
    spans = exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);
  }, 90_000);
  afterAll(async () => {
    await endTracing(provider);
    await home.remove();
  });

  it('is one, from the mutation to the last of its events', () => {
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    const strays = about.filter((event) => traceIdOf(event) !== traceId);
    expect(strays.map(({ stream, type }) => `${stream} ${type}`)).toEqual([]);
    const types = about.map(({ type }) => type);
    for (const type of [
      'OrderPaid',
      'StockReserved',
      'ShipmentLoaded',
      'ShipmentDelivered',
      'OrderFulfilled',
    ])
      expect(types).toContain(type);
    expect([...new Set(about.map(({ stream }) => categoryOf(stream)))]).toEqual(
      expect.arrayContaining([
        'order',
        'payment',
        'stock',
        'shipment',
        'world_command',
        'carrier_message',
        'carrier_inbound',
      ]),
    );
  });

  it('has a span of ours at each entry point', () => {
    const names = [...new Set(spans.map(({ name }) => name))];
    expect(names).toEqual(
      expect.arrayContaining([
        'graphql placeOrder',
        'command placeOrder',
        'execute order.PlaceOrder',
        'append',
        'react allocation.OrderPlaced',
        'react payments.PaymentRequested',
        'react shipping.OrderPartReleased',
        'react world-gateway.ShipmentCreated',
        'world packed',
        'carrier created',
        'carrier notice',
        'carrier report delivered',
        'webhook /webhooks/:carrier',
        'world loaded',
        'execute order.RecordPartDelivered',
      ]),
    );
  });

  it('hangs together: each span has its parent, and what reacts has a link to what it reacts to', () => {
    const ids = new Set(spans.map((span) => span.spanContext().spanId));
    const roots = spans.filter(({ parentSpanContext }) => parentSpanContext === undefined);
    expect(roots.map(({ name }) => name)).toEqual(['graphql placeOrder']);
    for (const { parentSpanContext } of spans)
      if (parentSpanContext) expect(ids).toContain(parentSpanContext.spanId);
    const reactions = spans.filter(({ name }) => name.startsWith('react '));
    expect(reactions.length).toBeGreaterThan(5);
    for (const { links } of reactions) expect(links.map(({ context }) => context.traceId)).toContain(traceId);
  });
});
