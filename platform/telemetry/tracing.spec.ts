import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { currentTraceparent, withSpan } from './tracing';
import { endTracing } from './export';

describe('without a tracing SDK', () => {
  it('runs the work and has no trace', async () => {
    expect(await withSpan('quiet', {}, async () => currentTraceparent())).toBeUndefined();
  });
});

describe('with a tracing SDK', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  beforeAll(() => provider.register());
  beforeEach(() => exporter.reset());
  afterAll(() => endTracing(provider));

  it('carries a trace from a stored context to the work that it causes, with a link back', async () => {
    const stored = await withSpan('place order', { kind: 'server' }, async () => currentTraceparent());
    await withSpan('project', { kind: 'consumer', parent: stored, links: [stored] }, async () => undefined);
    const [placed, projected] = exporter.getFinishedSpans();
    expect(projected!.spanContext().traceId).toBe(placed!.spanContext().traceId);
    expect(projected!.parentSpanContext?.spanId).toBe(placed!.spanContext().spanId);
    expect(projected!.links[0]?.context.spanId).toBe(placed!.spanContext().spanId);
  });

  it('marks a span whose work failed and lets the error through', async () => {
    const failing = withSpan('doomed', {}, async () => {
      throw new Error('No more paper');
    });
    await expect(failing).rejects.toThrow('No more paper');
    expect(exporter.getFinishedSpans()[0]!.status.message).toBe('No more paper');
  });

  it('takes a broken context for none', async () => {
    await withSpan('alone', { parent: 'nonsense', links: ['00-0-0-00'] }, async () => undefined);
    expect(exporter.getFinishedSpans()[0]!.parentSpanContext).toBeUndefined();
    expect(exporter.getFinishedSpans()[0]!.links).toEqual([]);
  });
});
