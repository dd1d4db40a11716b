import { busContract } from '../../../tests/contract/bus.contract';
import { realClock, realRandom } from '../../clock';
import { silentLogger } from '../../telemetry';
import { inProcessBus } from './in-process-bus';

const open = () =>
  Promise.resolve(
    inProcessBus({ clock: realClock, random: realRandom, logger: silentLogger, waitingMax: 5 }),
  );

describe('the bus in one process', () => {
  busContract(open);

  it('makes a publisher wait while a consumer is too far behind', async () => {
    const bus = await open();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await bus.consume(
      'user.events',
      { name: 'slow', maxDeliveries: 1 },
      () => held,
      () => undefined,
    );
    const event = { type: 't', source: 's', subject: 's', time: '2026-01-31T08:26:00.000Z', data: {} };
    for (let id = 0; id < 6; id += 1) await bus.publish('user.events', { ...event, id: String(id) });
    let published = false;
    const waiting = bus
      .publish('user.events', { ...event, id: 'one too many' })
      .then(() => (published = true));
    await new Promise(setImmediate);
    expect(published).toBe(false);
    letGo();
    await waiting;
    await bus.close();
  });
});
