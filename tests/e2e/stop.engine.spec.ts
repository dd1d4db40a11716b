import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStoreServer, type StoreServer } from '../support/event-store/eventstore-server';
import { describeOn } from '../support/process/real-engine';
import { Shopper } from '../support/graphql/shopper';
import { openTcpProxy, type TcpProxy } from '../support/process/tcp-proxy';
import { atHost, inDatabase, portOf } from '../support/process/database-url';
import { topSpeed } from '../support/process/waybill';
import { WaybillProcess } from '../support/process/waybill-process';

describeOn('WAYBILL_TEST_MONGODB', 'a process that gets the signal to stop,', (mongodb) =>
  describeOn('WAYBILL_TEST_NATS', 'with all engines behind one line each:', (nats) => {
    let directory: string;
    let store: StoreServer;
    let lines: readonly TcpProxy[];
    let waybill: WaybillProcess;
    let shopper: Shopper;
    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), 'waybill-stop-'));
      store = await startStoreServer();
      const ports = [store.url, nats].map((url) => Number(new URL(url).port));
      ports.splice(1, 0, portOf(mongodb));
      lines = await Promise.all(ports.map((port) => openTcpProxy(port)));
      const [toStore, toMongodb, toNats] = lines.map(({ port }) => port);
      waybill = WaybillProcess.spawn(directory, {
        ...topSpeed,
        WAYBILL_EVENT_STORE: `esdb://127.0.0.1:${toStore}?tls=false`,
        WAYBILL_READ_MODELS: inDatabase(atHost(mongodb, `127.0.0.1:${toMongodb}`), `stop_${process.pid}`),
        WAYBILL_BUS: `nats://127.0.0.1:${toNats}`,
      });
      const url = await waybill.ready();
      if (url === undefined) throw new Error(waybill.talk);
      shopper = await Shopper.signUp(url, 'ada@example.com');
    }, 120_000);
    afterEach(async () => {
      await waybill.kill();
      await Promise.all(lines.map((line) => line.close()));
      await store.remove();
      await rm(directory, { recursive: true });
    });

    it('ends within ten seconds under load, though no engine answers, and says what did not end', async () => {
      const [lamp] = await shopper.productsOnHand(1);
      const adding = Array.from({ length: 20 }, () => shopper.addToCart(lamp!, 1));
      lines.forEach((line) => line.stall());
      const more = Array.from({ length: 20 }, () => shopper.addToCart(lamp!, 1));
      const answers = Promise.allSettled([...adding, ...more]);
      const toldAt = performance.now();
      await waybill.kill('SIGTERM');
      expect(performance.now() - toldAt).toBeLessThan(10_000);
      expect(waybill.talk).toContain('Parts of the platform did not end in time');
      await answers;
    }, 60_000);
  }),
);
