import { Writable } from 'node:stream';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { createLogger, readable } from './logger';
import { currentTraceId, withSpan } from './tracing';
import { endTracing } from './export';

const linesOf = (write: (log: ReturnType<typeof createLogger>) => void): string[] => {
  const lines: string[] = [];
  write(createLogger('info', { write: (line: string) => void lines.push(line) }));
  return lines;
};

describe('the log', () => {
  it('writes facts and a sentence as one line of JSON', () => {
    const [line] = linesOf((log) => log.info({ orderId: 'o-1' }, 'Order placed.'));
    expect(JSON.parse(line!)).toMatchObject({ level: 'info', orderId: 'o-1', msg: 'Order placed.' });
  });

  it('leaves out what is below its level', () => {
    expect(linesOf((log) => log.debug({}, 'Too much.'))).toEqual([]);
  });

  it('names the trace that a line belongs to, and none outside of any', async () => {
    const provider = new NodeTracerProvider();
    provider.register();
    const lines: string[] = [];
    const log = createLogger('info', { write: (line: string) => void lines.push(line) });
    const traceId = await withSpan('place order', {}, async () => {
      log.info({}, 'Inside.');
      return currentTraceId();
    });
    log.info({}, 'Outside.');
    await endTracing(provider);
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(lines.map((line) => (JSON.parse(line) as { traceId?: string }).traceId)).toEqual([
      traceId,
      undefined,
    ]);
  });

  it('masks secrets of any logger at any depth', () => {
    const lines = linesOf((log) =>
      log
        .child({ token: 'hunter2' })
        .info({ password: 'hunter2', input: { refreshToken: 'hunter2' } }, 'Logged in.'),
    );
    expect(lines.join()).not.toContain('hunter2');
    expect(lines.join()).toContain('[redacted]');
  });

  it('shows people what would act on their terminal, also in an error that a partner worded', () => {
    let shown = '';
    const destination = new Writable({
      write: (text: Buffer, _, done) => {
        shown += text.toString();
        done();
      },
    });
    const log = createLogger('info', readable({ destination, colorize: false }));
    const words = 'a\u001b[31m\u009b2J\rb';
    log.warn({ name: words, nested: { words }, error: new Error(words) }, words);
    expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(shown).toContain('WARN (a\\u001b[31m\\u009b2J\\rb): a\\u001b[31m\\u009b2J\\rb');
    expect(shown).toContain('Error: a\\u001b[31m\\u009b2J\\rb\n');
  });

  it('is for people on a terminal, and keeps secrets there too', () => {
    let shown = '';
    const destination = new Writable({
      write: (text: Buffer, _, done) => {
        shown += text.toString();
        done();
      },
    });
    const log = createLogger('info', readable({ destination, colorize: false }));
    log.warn({ link: 'world', token: 'hunter2' }, 'The World is away.');
    expect(shown).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] WARN: The World is away\. \{.*"link":"world".*\}\n$/);
    expect(shown).not.toContain('hunter2');
  });
});
