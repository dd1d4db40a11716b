import { realClock } from '../../platform/clock';
import { Desk, type Effects } from '../../simulators/carrier/desk';
import type { Dialect } from '../../simulators/carrier/dialects/dialect';
import { envelopedDialect } from '../../simulators/carrier/dialects/enveloped';
import { signedDialect } from '../../simulators/carrier/dialects/signed';
import type { Notice, WorldNews } from '../../simulators/carrier/words';
import {
  carrier,
  CarrierBench,
  enveloped,
  plainly,
  secret,
} from '../../tests/support/carrier/carrier-fixture';
import { until } from '../../tests/support/commands/live-platform';

let bench: CarrierBench;
beforeEach(() => {
  bench = new CarrierBench();
});
afterEach(() => bench.stop());

const TRUCK = 1;

/** The simulated carrier with one truck, connected to the gateway. */
class ConnectedCarrier {
  private readonly done = new Map<number, 'delivered'>();
  readonly desk = new Desk([], [{ id: TRUCK, stage: 'idle', warehouse: null, since: 0 }], (shipment) =>
    this.done.get(shipment),
  );
  private reported = 0;
  /** Resolves when all reports are answered. */
  said: Promise<unknown> = Promise.resolve();

  constructor(private readonly dialect: Dialect) {
    bench.answer = ({ url, headers, body }) => {
      const { pathname: path } = new URL(url);
      const bytes = Buffer.from(JSON.stringify(body));
      const received = dialect.parse({ path, headers, body: bytes, now: realClock.now() });
      if (received.notice) this.receive(received.notice);
      return { status: received.status, body: JSON.stringify(received.body) };
    };
  }

  learn(news: WorldNews): void {
    this.report(this.remember(this.desk.news(news, 0)));
  }

  /** Handles news, and loses the reports about it. */
  learnAndLose(news: WorldNews): void {
    this.remember(this.desk.news(news, 0));
  }

  private receive(notice: Notice): void {
    this.report(this.remember(this.desk.notice(notice, 0)));
  }

  private remember(effects: Effects): Effects {
    for (const { number, stage } of effects.parcels.values())
      if (stage === 'delivered') this.done.set(number, stage);
    return effects;
  }

  private report({ reports }: Effects): void {
    for (const report of reports) {
      const sequence = (this.reported += 1);
      const context = {
        messageId: `ups-${sequence}`,
        sequence,
        now: realClock.now(),
        traceparent: undefined,
      };
      const formatted = this.dialect.format(report, context);
      if (formatted)
        this.said = this.said.then(() =>
          bench.call(formatted.path, formatted.body.toString(), formatted.headers),
        );
    }
  }
}

describe('a silent carrier', () => {
  it.each([
    ['signed', carrier(), signedDialect('ups', [secret]), { type: 'waybill.shipment.status-requested' }],
    ['enveloped', enveloped, envelopedDialect([secret]), { message_type: 'ShipmentStatusRequest' }],
  ] as const)(
    'gets a status request in the %s dialect, and reports the delivery whose report was lost',
    async (_, config, dialect, question) => {
      await bench.start([config]);
      const silent = new ConnectedCarrier(dialect);
      const { shipmentId, number } = await bench.ship();
      await bench.pack(shipmentId);
      await until('the carrier knows it', () => silent.desk.parcels.has(number));
      silent.learn({ kind: 'arrived', truck: TRUCK });
      await until('it is loaded', async () => (await bench.count('ShipmentLoadingStarted')) === 1);
      await bench.platform.demand('recordLoaded', { shipmentId });
      await until('it is on the road', () => silent.desk.parcels.get(number)?.stage === 'on-the-road');
      await silent.said;
      silent.learnAndLose({ kind: 'delivered', truck: TRUCK, shipment: number });
      expect(await bench.count('ShipmentDelivered')).toBe(0);

      await bench.platform.demand('requestShipmentStatus', { shipmentId });
      await until('fulfilled', async () => (await bench.count('OrderFulfilled')) === 1);
      await silent.said;
      expect(bench.sent.at(-1)!.body).toMatchObject(question);
      expect(await bench.count('ShipmentDelivered')).toBe(1);
      expect(bench.gateway.status().unacked).toBe(0);
    },
  );

  it('gets no status request if its dialect has none', async () => {
    await bench.start([plainly]);
    const { shipmentId, warehouseId } = await bench.ship();
    await bench.pack(shipmentId);
    await bench.call('/api/ups/truck-arrived', { truck_id: TRUCK, warehouse_id: warehouseId });
    await bench.platform.demand('recordLoaded', { shipmentId });
    await bench.platform.demand('requestShipmentStatus', { shipmentId });
    await until('all is settled', async () => (await bench.count('CarrierMessageAcked')) === 4);
    expect(bench.sent.map(({ url }) => new URL(url).pathname)).toEqual([
      '/api/package-created',
      '/api/package-packed',
      '/api/package-loaded',
    ]);
  });
});
