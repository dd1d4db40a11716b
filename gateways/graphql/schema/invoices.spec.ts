import { ids, startEdge } from '../../../tests/support/graphql/edge';
import { invoiceDocument } from '../../../tests/support/graphql/invoices';
import { textOfPdf } from '../../../tests/support/pdf/text-of-pdf';
import type { Invoice } from '../../../projections/invoices';

const number = 'INV-2026-000007';
const outsider = '000000aa-0000-4000-8000-000000000000' as typeof ids.ada;

const open = async () => {
  const edge = startEdge();
  const of = { customerId: ids.ada, orderId: ids.order } as unknown as Partial<Invoice>;
  edge.shop.invoices.push(invoiceDocument(of));
  const [ada, sam, staff] = [
    await edge.tokenOf(ids.ada, 'customer'),
    await edge.tokenOf(ids.sam, 'customer', 'seller'),
    await edge.tokenOf(outsider, 'staff'),
  ];
  const get = (path: string, authorization?: string) =>
    edge.app.inject({ method: 'GET', url: path, headers: authorization ? { authorization } : {} });
  return { edge, ada, sam, staff, get };
};

let opened: Awaited<ReturnType<typeof open>>;
beforeEach(async () => (opened = await open()));
afterEach(() => opened.edge.app.close());

const query = `{ invoice(number: "${number}") { number billedTo { name } lines { sku amount { formatted } } order { number } } }`;

it('shows an invoice to its customer and to staff, and to no other account', async () => {
  const { edge, ada, sam, staff } = opened;
  const shown = { number, billedTo: { name: '张伟' }, order: { number: '1001' } };
  for (const token of [ada, staff])
    expect((await edge.ask(query, { as: token })).data).toMatchObject({ invoice: shown });
  expect((await edge.ask(query, { as: sam })).data).toEqual({ invoice: null });
  expect((await edge.ask(query)).errors?.[0]?.extensions.code).toBe('NOT_AUTHENTICATED');
});

it('shows the invoices of an order', async () => {
  const { edge, ada } = opened;
  const { data } = await edge.ask(`{ order(id: "${ids.order}") { invoices { number kind } } }`, {
    as: ada,
  });
  expect(data).toEqual({ order: { invoices: [{ number, kind: 'INVOICE' }] } });
});

it('lists all for staff alone', async () => {
  const { edge, ada, staff } = opened;
  const list =
    '{ invoices(series: "INV-2026", issuedFrom: "2026-01-01") { totalCount edges { node { number } } } }';
  expect((await edge.ask(list, { as: staff })).data).toEqual({
    invoices: { totalCount: 1, edges: [{ node: { number } }] },
  });
  expect((await edge.ask(list, { as: ada })).errors?.[0]?.extensions.code).toBe('NOT_PERMITTED');
});

describe('the route', () => {
  it('gives the PDF to its customer and to staff, and to no other account', async () => {
    const { get, ada, sam, staff } = opened;
    for (const token of [ada, staff]) {
      const { statusCode, headers, rawPayload } = await get(`/api/v1/invoices/${number}.pdf`, token);
      expect(statusCode).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${number}.pdf"`,
        'cache-control': 'private, no-store',
      });
      expect(textOfPdf(rawPayload)).toContain(`Invoice ${number}`);
    }
    expect((await get(`/api/v1/invoices/${number}.pdf`, sam)).statusCode).toBe(404);
    expect((await get(`/api/v1/invoices/${number}.pdf`)).statusCode).toBe(401);
    expect((await get('/api/v1/invoices/INV-2026-999999.pdf', ada)).statusCode).toBe(404);
    expect((await get('/api/v1/invoices/%22%0d%0a.pdf', ada)).statusCode).toBe(404);
  });

  it('gives a PDF with Chinese labels where the customer has chosen Chinese, also to staff', async () => {
    const { edge, get, ada, staff } = opened;
    const found = edge.shop.accounts.find(({ id }) => id === ids.ada);
    Object.assign(found!, { language: 'zh' });
    for (const token of [ada, staff]) {
      const { rawPayload } = await get(`/api/v1/invoices/${number}.pdf`, token);
      expect(textOfPdf(rawPayload)).toContain('票');
      expect(textOfPdf(rawPayload)).not.toContain('Invoice');
    }
  });

  it('gives the data', async () => {
    const { get, ada } = opened;
    const answer = await get(`/api/v1/invoices/${number}`, ada);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.json()).toMatchObject({ number, total: { amountMinor: 1_200 } });
  });
});
