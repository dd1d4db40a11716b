import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { endTracing, currentTraceparent, withSpan } from '../telemetry';
import { traceparentOf } from './command-context';

describe('a command', () => {
  const provider = new NodeTracerProvider();
  beforeAll(() => provider.register());
  afterAll(() => endTracing(provider));

  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('goes on from the span that is open, and from that of its sender where none is', async () => {
    expect(traceparentOf({ traceparent })).toBe(traceparent);
    await withSpan('outer', {}, async () => {
      expect(traceparentOf({ traceparent })).toBe(currentTraceparent());
      expect(traceparentOf({})).not.toBe(traceparent);
    });
  });
});
