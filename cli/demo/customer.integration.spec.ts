import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DemoCustomer } from './customer';

/** A shop that gives these answers, one after the other. */
const answering = async (...data: readonly object[]): Promise<{ url: string; server: Server }> => {
  const left = [...data];
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data: left.shift() }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
};

const order = { id: 'o', number: '1', status: 'PAID', total: { formatted: '£1.00' } };

it('an order that the read models do not show yet is read again until they do', async () => {
  const { url, server } = await answering(
    { signUp: { accessToken: 'token' } },
    { placeOrder: { order: null } },
    { orders: { edges: [] } },
    { orders: { edges: [{ node: order }] } },
  );
  try {
    const customer = await DemoCustomer.signUp(url, 'ada@example.com');
    expect(await customer.placeOrder({ x: 1, y: 1 })).toBeUndefined();
    expect(await customer.latestOrder()).toBeUndefined();
    expect(await customer.latestOrder()).toEqual(order);
  } finally {
    server.close();
  }
});
