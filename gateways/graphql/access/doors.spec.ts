import { setImmediate as nextTurn } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import type { Millis } from '../../../domain/kernel';
import { Gauge, Registry } from 'prom-client';
import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { createVirtualClock } from '../../../tests/support/time/virtual-clock';

let edge: ReturnType<typeof startEdge>;
afterEach(() => edge.app.close());

const get = async (url: string) => edge.app.inject({ method: 'GET', url });

it('tells whether it lives, and whether all is ready', async () => {
  const state = { ready: false };
  const clock = createVirtualClock();
  edge = startEdge({
    clock,
    readiness: async () => ({ ready: state.ready, parts: { store: { ready: state.ready } } }),
  });
  expect((await get('/health/live')).statusCode).toBe(200);
  for (const url of ['/health', '/health/ready']) {
    state.ready = false;
    const waiting = await get(url);
    expect([waiting.statusCode, waiting.json()]).toEqual([
      503,
      { status: 'waiting', parts: { store: { ready: false } } },
    ]);
    state.ready = true;
    // Probes in between are given the same answer.
    expect((await get(url)).statusCode).toBe(503);
    await clock.advance(250);
    expect((await get(url)).statusCode).toBe(200);
    await clock.advance(250);
  }
});

it('asks its parts once for any number of probes and scrapes at the same time', async () => {
  const asked = { readiness: 0, figures: 0 };
  const clock = createVirtualClock();
  const metrics = new Registry();
  const collect = (): void => void (asked.figures += 1);
  new Gauge({ name: 'a_figure', help: 'A figure.', registers: [metrics], collect });
  const readiness = async () => {
    asked.readiness += 1;
    return { ready: true, parts: {} };
  };
  edge = startEdge({ clock, metrics, readiness });
  const urls = Array.from({ length: 60 }, (_, at) => ['/health', '/health/ready', '/metrics'][at % 3] ?? '');
  await Promise.all(urls.map(get));
  expect(asked).toEqual({ readiness: 1, figures: 1 });
  await clock.advance(1_000);
  await Promise.all(urls.map(get));
  expect(asked).toEqual({ readiness: 2, figures: 2 });
});

it('lets other requests run between two metrics', async () => {
  const metrics = new Registry();
  let turn = 0;
  const turns: number[] = [];
  const collect = (): void => void turns.push(turn);
  for (const name of ['one', 'two', 'three'])
    new Gauge({ name, help: 'A figure.', registers: [metrics], collect });
  edge = startEdge({ metrics });
  let isAnswered = false;
  const shown = get('/metrics').finally(() => (isAnswered = true));
  while (!isAnswered) {
    await nextTurn();
    turn += 1;
  }
  const { body } = await shown;
  expect(new Set(turns).size).toBe(3);
  expect(body.match(/^# TYPE /gm)).toHaveLength(metrics.getMetricsAsArray().length);
  expect(body).toMatch(/^one 0$/m);
});

it('limits metrics by address, and health not at all', async () => {
  const clock = createVirtualClock();
  edge = startEdge({ clock });
  const statuses = async (url: string): Promise<ReadonlySet<number>> => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => get(url)));
    return new Set(answers.map(({ statusCode }) => statusCode));
  };
  expect(await statuses('/metrics')).toEqual(new Set([200, 429]));
  expect(await statuses('/health/ready')).toEqual(new Set([200]));
  expect(await statuses('/health/live')).toEqual(new Set([200]));
  await clock.advance(1_000);
  expect((await get('/metrics')).statusCode).toBe(200);
});

it('counts what it does, under names of its own', async () => {
  edge = startEdge();
  await edge.ask('query Anything { me { id } }');
  await edge.ask('{ nonsense }');
  const { body, headers } = await get('/metrics');
  expect(headers['content-type']).toContain('text/plain');
  expect(body).toContain(
    'waybill_graphql_operation_duration_seconds_count{kind="query",field="me",outcome="ok"} 1',
  );
  expect(body).toContain(
    'waybill_http_request_duration_seconds_count{method="POST",route="/graphql",status="200"} 1',
  );
  expect(body).not.toContain('nonsense');
});

it('times what it gives up on as well', async () => {
  edge = startEdge({
    limits: { requestMs: 30 as Millis },
    projections: () => new Promise(() => undefined),
  });
  await edge.ask('{ projections { name } }', { as: await edge.tokenOf(ids.sam, 'staff') });
  expect((await get('/metrics')).body).toContain(
    'waybill_graphql_operation_duration_seconds_count{kind="query",field="projections",outcome="error"} 1',
  );
});

it.each([
  [true, ['9.9.9.9, 1.1.1.1', '9.9.9.9, 2.2.2.2'], [200, 200]],
  [true, ['1.1.1.1, 9.9.9.9', '2.2.2.2, 9.9.9.9'], [200, 429]],
  [false, ['1.1.1.1', '2.2.2.2'], [200, 429]],
])(
  'tells clients apart by what a proxy saw, where one is trusted (%s): %j',
  async (trustProxy, from, statuses) => {
    edge = startEdge({ trustProxy, limits: { rate: { perSecond: 0.001, burst: 1, clientsMax: 10 } } });
    const answers = [];
    for (const address of from)
      answers.push((await edge.ask('{ me { id } }', { headers: { 'x-forwarded-for': address } })).status);
    expect(answers).toEqual(statuses);
  },
);

it.each(['/graphiql'])('serves %s whole, and lets it load nothing from elsewhere', async (url) => {
  edge = startEdge();
  const { body, headers, statusCode } = await get(url);
  expect(statusCode).toBe(200);
  expect(headers['content-type']).toContain('text/html');
  expect(body).not.toMatch(/https?:\/\//);
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  for (const [, content] of body.matchAll(/<(?:script|style)>([^]*?)<\/(?:script|style)>/g)) {
    const hash = createHash('sha256').update(content!).digest('base64');
    expect(policy).toContain(`'sha256-${hash}'`);
  }
});

it.each(['/graphql?query=%7B__typename%7D', '/health/live', '/nothing'])(
  'answers %s with headers by which no browser runs or frames it',
  async (url) => {
    edge = startEdge();
    expect((await get(url)).headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  },
);

it('leaves the policy of a page to the page', async () => {
  const policy = "default-src 'none'; img-src https:";
  edge = startEdge({
    plugins: [
      async (app) => {
        app.get('/page', (_request, reply) => reply.header('content-security-policy', policy).send('x'));
      },
    ],
  });
  expect((await get('/page')).headers['content-security-policy']).toBe(policy);
});

it('starts with no route that changes something and does not declare who may use it', async () => {
  edge = startEdge({
    plugins: [
      async (app) => {
        app.post('/webhook', (_request, reply) => reply.send('x'));
      },
    ],
  });
  await expect(edge.app.ready()).rejects.toThrow('POST /webhook does not declare');
});

it('says what is not there', async () => {
  edge = startEdge();
  const response = await get('/nothing');
  expect([response.statusCode, response.json<{ errors: unknown }>().errors]).toEqual([
    404,
    [{ message: 'There is no GET /nothing', extensions: { code: 'NOT_FOUND' } }],
  ]);
});

it('makes room for the routes of others', async () => {
  edge = startEdge({
    plugins: [
      async (app) => {
        app.get('/api/ups/ping', async () => ({ pong: true }));
      },
    ],
  });
  expect((await get('/api/ups/ping')).json()).toEqual({ pong: true });
});
