import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request } from 'playwright-core';
import { startEdge } from '../support/graphql/edge';
import { describePages } from '../support/browser/describe-pages';
import { topSpeed } from '../support/process/waybill';

const LIST = join(__dirname, '../../dist/trusted-documents.json');

type Body = { readonly query?: string; readonly extensions?: { readonly persistedQuery?: unknown } };

describePages(
  'the pages on a server that runs only trusted documents',
  (pages) => {
    it('send ids, over HTTP and over the WebSocket, from sign-up to a delivered order', async () => {
      const visitor = await pages().enter();
      const { page } = visitor;
      const sent: Body[] = [];
      const live: Body[] = [];
      page.on('request', (request: Request) => {
        if (request.url().endsWith('/graphql')) sent.push(request.postDataJSON() as Body);
      });
      page.on('websocket', (socket) =>
        socket.on('framesent', ({ payload }) => {
          const message = JSON.parse(String(payload)) as { type: string; payload: Body };
          if (message.type === 'subscribe') live.push(message.payload);
        }),
      );
      await visitor.signUp('Ada Lovelace');
      await page.getByRole('link', { name: 'Harbour lamp' }).click();
      await page.getByRole('button', { name: 'Add to cart' }).click();
      await page.getByText('In your cart.').waitFor();
      await visitor.open('/checkout');
      await page.getByLabel('East (x)').fill('3');
      await page.getByLabel('North (y)').fill('9');
      await page.getByRole('button', { name: /^Place the order/ }).click();
      // The status arrives by the subscription.
      await page.locator('[data-status="FULFILLED"]').waitFor();
      expect(sent.length).toBeGreaterThan(8);
      expect(live.length).toBeGreaterThan(0);
      expect(
        [...sent, ...live].filter(({ query, extensions }) => query || !extensions?.persistedQuery),
      ).toEqual([]);
    });

    it('work everywhere in the console', async () => {
      const staff = await pages().enterAsAdministrator();
      await staff.open('/admin');
      const places = await staff.page.evaluate<string[]>(
        `[...document.querySelectorAll('nav a[href^="/admin"]')].map((link) => link.getAttribute('href'))`,
      );
      expect(places.length).toBeGreaterThan(8);
      for (const place of places) {
        await staff.open(place);
        expect(await staff.page.getByText('only documents on its list').count()).toBe(0);
      }
    });

    it('are the only ones: a document of a stranger is refused', async () => {
      const response = await fetch(`${pages().waybill.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ products(first: 100) { edges { node { id } } } }' }),
      });
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'DOCUMENT_NOT_TRUSTED' } }],
      });
    });
  },
  { ...topSpeed, WAYBILL_TRUSTED_DOCUMENTS_ONLY: 'on' },
);

const withinLimits = process.env['WAYBILL_TEST_CHROMIUM'] ? it : it.skip;

withinLimits('every document of the built pages fits the schema and the limits of a request', async () => {
  const texts = new Map(
    Object.entries(JSON.parse(await readFile(LIST, 'utf8')) as Readonly<Record<string, string>>),
  );
  const limits = { workRate: { perSecond: 1e9, burst: 1e9, clientsMax: 10 } };
  const { app, ask } = startEdge({ trustedDocuments: { texts, only: true }, limits });
  try {
    const refused: unknown[] = [];
    for (const text of texts.values()) {
      const { errors = [] } = await ask(text);
      // Without its variables a good document is run in vain, or is refused for the lack of them.
      refused.push(
        ...errors.filter(({ extensions: { code }, message }) =>
          code === 'GRAPHQL_VALIDATION_FAILED'
            ? !message.startsWith('Variable "$')
            : code === 'OPERATION_TOO_COSTLY',
        ),
      );
    }
    expect(texts.size).toBeGreaterThan(50);
    expect(refused).toEqual([]);
  } finally {
    await app.close();
  }
});
