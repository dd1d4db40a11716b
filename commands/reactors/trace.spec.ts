import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { endTracing, withSpan } from '../../platform/telemetry';
import { ann, buy, createOrderBench, customer, furnish } from '../../tests/support/commands/order-fixture';

describe('traces', () => {
  const provider = new NodeTracerProvider();
  beforeAll(() => provider.register());
  afterAll(() => endTracing(provider));

  it('run through all that follows from one mutation, and through nothing else', async () => {
    const bench = createOrderBench();
    const { mug } = await furnish(bench);
    const elsewhere = await buy(bench, [[mug, 1]]);
    await bench.demand('addToCart', { customerId: ann, productId: mug, quantity: 2 }, { as: customer(ann) });
    const before = (await bench.events()).length;
    bench.start();
    const traceId = await withSpan('mutation placeOrder', {}, async (span) => {
      const input = { customerId: ann, destination: { x: 1, y: 1 }, paymentMethod: 'test' };
      await bench.demand('placeOrder', input, { as: customer(ann) });
      return span.spanContext().traceId;
    });
    await bench.settle();
    const traceOf = ({ metadata }: { readonly metadata: { readonly traceparent?: string | undefined } }) =>
      metadata.traceparent?.split('-')[1];
    const after = (await bench.events()).slice(before);
    const [mine, others] = [true, false].map((isMine) =>
      after.filter(({ data }) => 'orderId' in data && (data.orderId !== elsewhere) === isMine),
    );
    expect(mine?.map(({ type }) => type)).toEqual(expect.arrayContaining(['OrderPlaced', 'OrderFulfilled']));
    expect(new Set(mine?.map(traceOf))).toEqual(new Set([traceId]));
    expect(others?.map(traceOf)).not.toContain(traceId);
  });
});
