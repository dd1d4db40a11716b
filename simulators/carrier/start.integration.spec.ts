import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { eventually } from '../../tests/support/time/eventually';
import { worldSetup } from '../../tests/support/world/world-setup';
import { startCarrierSimulator, type CarrierSimulator, type CarrierSimulatorOptions } from './';

const secret = 'a secret of sixteen or more';

/** Returns the messages that the shop received, in any dialect. */
type Told = { readonly path: string; readonly body: Record<string, unknown> };

describe('a carrier without a world', () => {
  const setup = worldSetup();
  const told: Told[] = [];
  let answer: (told: Told) => { readonly status: number; readonly body?: object };
  let shop: Server;
  let carrier: CarrierSimulator | undefined;

  beforeEach(async () => {
    told.length = 0;
    answer = () => ({ status: 200, body: {} });
    shop = createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
        const one = { path: request.url ?? '', body };
        told.push(one);
        const { status, body: said } = answer(one);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said ?? {}));
      })();
    }).listen(0, '127.0.0.1');
    await once(shop, 'listening');
    await setup.start();
  });
  afterEach(async () => {
    await carrier?.close();
    shop.closeAllConnections();
    await new Promise((resolve) => shop.close(resolve));
  });

  const start = async (dialect: CarrierSimulatorOptions['dialect']): Promise<void> => {
    await carrier?.close();
    carrier = await startCarrierSimulator({
      ...{
        directory: join(setup.directory(), 'carrier'),
        name: 'ups',
        host: '127.0.0.1',
        port: 0,
        trucks: 2,
      },
      ...{ dialect, secrets: [secret], clock: realClock, random: realRandom, logger: silentLogger },
      world: setup.started().upsAddress,
      shopUrl: () => `http://127.0.0.1:${(shop.address() as AddressInfo).port}`,
    });
    await eventually(() => carrier!.connected());
  };
  const pathsTold = () => told.map(({ path }) => path);

  it.each([
    ['enveloped', '/set_worldid', (body: Told['body']) => body['worldid']],
    ['signed', '/webhooks/ups', (body: Told['body']) => Number((body['data'] as Told['body'])['worldId'])],
  ] as const)(
    'has the World make one, and tells the shop (%s) until it acknowledges',
    async (dialect, path, worldIn) => {
      answer = () => ({ status: told.length < 3 ? 503 : 200 });
      await start(dialect);
      await eventually(() => told.length === 3);
      const worldid = BigInt(worldIn(told[0]!.body) as number);
      for (const one of told)
        expect({ path: one.path, world: worldIn(one.body) }).toEqual({ path, world: Number(worldid) });
      const joining = { worldid, initwh: [], isAmazon: true };
      const joined = await setup.amazon().connect(setup.started().amazonAddress.port, joining);
      expect(joined).toEqual({ worldid, result: 'connected!' });
      await start(dialect);
      expect(told).toHaveLength(3);
      expect(setup.started().stats().worlds).toHaveLength(1);
    },
  );

  it('asks the shop about a shipment that it has no details of, and then sends a truck', async () => {
    answer = ({ path }) =>
      path.endsWith('shipment-detail-request')
        ? {
            status: 200,
            body: {
              ...{ message_type: 'ShipmentDetailResponse', timestamp: '2026-01-31T08:00:00Z' },
              payload: { shipment_id: 5, warehouse_id: 1, destination_x: 3, destination_y: 4, items: [] },
            },
          }
        : { status: 200 };
    await start('enveloped');
    const body = JSON.stringify({ message_type: 'ShipmentStatusRequest', payload: { shipment_id: '5' } });
    const ask = async () => {
      const url = `http://127.0.0.1:${carrier!.port}/api/shipment_status`;
      return (await fetch(url, { method: 'POST', body })).json();
    };
    expect(await ask()).toMatchObject({ message_type: 'Error', payload: { code: 2000 } });
    await eventually(() => pathsTold().includes('/api/webhooks/truck-dispatched'));
    expect(told.find(({ path }) => path.endsWith('shipment-detail-request'))?.body).toMatchObject({
      message_type: 'PackageDetailRequest',
      payload: { shipment_id: 5 },
    });
    expect(told.at(-1)?.body).toMatchObject({ payload: { truck_id: 1, shipment_id: 5 } });
    expect(await ask()).toMatchObject({
      message_type: 'ShipmentStatusResponse',
      timestamp: expect.stringMatching(/^[0-9T:-]{19}\.\d{6}$/),
      payload: { shipment_id: 5, status: 'TRUCK_DISPATCHED', tracking_number: 'WB0000000005', truck_id: 1 },
    });
  });
});
