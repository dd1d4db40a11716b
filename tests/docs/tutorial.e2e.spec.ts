import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/time/eventually';
import { topSpeed, WaybillHome, type RunningWaybill } from '../support/process/waybill';

const root = join(__dirname, '..', '..');
const password = 'only for this tutorial';

type Answer = Readonly<Record<string, unknown>>;

/** Follows names and indexes, `data.orders.edges[0].node`; undefined where there is nothing. */
const at = (answer: unknown, path: string): unknown =>
  path
    .split(/[.[\]]+/)
    .filter((name) => name !== '' && name !== '$')
    .reduce((value, name) => (value as Answer | undefined | null)?.[name], answer);

const expectSuccess = (answer: Answer): void => {
  expect(answer['errors']).toBeUndefined();
  // Only a rejection has the field `code`.
  expect(JSON.stringify(answer)).not.toContain('"code"');
};

let home: WaybillHome;
let waybill: RunningWaybill;
beforeEach(async () => {
  home = await WaybillHome.make();
  waybill = await home.start({ ...topSpeed, WAYBILL_ADMIN_PASSWORD: password });
}, 30_000);
afterEach(async () => {
  await waybill.close();
  await home.remove();
});

describe('the tutorial', () => {
  const page = readFileSync(join(root, 'docs/tutorial/first-order.md'), 'utf8');
  const questions = Array.from(
    page.matchAll(/^ask '(?<query>(?:[^']|'\$\w+')*)'$/gm),
    ({ groups }) => groups!['query']!,
  );

  const ask = async (query: string, values: Readonly<Record<string, string>>): Promise<Answer> => {
    const filled = query.replace(/'\$(?<name>\w+)'/g, (_, name: string) => values[name] ?? `no ${name}`);
    const response = await fetch(`${waybill.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${values['token'] ?? ''}` },
      body: JSON.stringify({ query: filled }),
    });
    return (await response.json()) as Answer;
  };

  /** Returns the values that the page tells its reader to copy from an answer. */
  const copied = (answer: Answer): Record<string, string> => {
    const order = at(answer, 'data.orders.edges[0].node');
    const found = {
      token: at(answer, 'data.signUp.accessToken') ?? at(answer, 'data.logIn.accessToken'),
      product: at(answer, 'data.products.edges[0].node.id'),
      order: at(order, 'id'),
      moment: at(order, 'timeline[3].at'),
    };
    return Object.fromEntries(
      Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  };

  it('works as it is written', async () => {
    expect(questions.length).toBeGreaterThanOrEqual(10);
    let values: Record<string, string> = { password };
    for (const query of questions) {
      let answer = await ask(query, values);
      if (query.includes('timeline'))
        await eventually(async () => {
          answer = await ask(query, values);
          return at(answer, 'data.orders.edges[0].node.status') === 'FULFILLED';
        }, 20_000);
      expectSuccess(answer);
      values = { ...values, ...copied(answer) };
    }
    expect(Object.keys(values).sort()).toEqual(['moment', 'order', 'password', 'product', 'token']);
  }, 60_000);
});

describe('requests.http', () => {
  const requests = readFileSync(join(root, 'requests.http'), 'utf8')
    .split(/^###.*$/m)
    .map((block) => ({
      name: /^# @name (?<name>\w+)$/m.exec(block)?.groups?.['name'],
      ...(/^(?<method>GET|POST) (?<url>\S+)\n(?<headers>(?:[\w-]+: .+\n)*)(?:\n(?<body>\{.+\}))?/m.exec(block)
        ?.groups as {
        method?: string;
        url?: string;
        headers?: string;
        body?: string;
      }),
    }))
    .filter(({ url }) => url !== undefined);

  it('works from top to bottom', async () => {
    expect(requests.length).toBeGreaterThanOrEqual(8);
    const answers: Record<string, Answer> = {};
    const fill = (text = ''): string =>
      text
        .replaceAll('{{host}}', waybill.url)
        .replace(
          /\{\{(?<name>\w+)[.]response[.]body[.](?<path>[^}]+)\}\}/g,
          (_, name: string, path: string) => String(at(answers[name], path)),
        );
    for (const { name, method = 'GET', url, headers = '', body } of requests) {
      const named = fill(headers).trim().split('\n').filter(Boolean);
      const response = await fetch(fill(url), {
        method,
        headers: Object.fromEntries(named.map((line) => line.split(': ', 2) as [string, string])),
        ...(body === undefined ? {} : { body: fill(body) }),
      });
      const answer = (await response.json()) as Answer;
      expect(response.status).toBe(200);
      expectSuccess(answer);
      if (name !== undefined) answers[name] = answer;
    }
  }, 60_000);
});
