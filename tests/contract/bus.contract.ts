import type { Bus, DocumentChanged, IntegrationEvent } from '../../platform/bus';
import { eventually } from '../support/eventually';

const eventOf = (id: string): IntegrationEvent => ({
  id,
  type: 'order.paid',
  source: '/waybill/orders',
  subject: `order-${id}`,
  time: '2026-01-31T08:26:00.000Z',
  data: { orderId: id },
});

/** What every bus must do. `open` gives one more connection to the same bus, which is empty at first. */
export const busContract = (open: () => Promise<Bus>): void => {
  let bus: Bus;
  const opened: Bus[] = [];
  const another = async (): Promise<Bus> => {
    const more = await open();
    opened.push(more);
    return more;
  };
  beforeEach(async () => {
    bus = await another();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });

  const collect = async (name: string, on: Bus = bus, maxDeliveries = 3) => {
    const seen: IntegrationEvent[] = [];
    const parked: { id: string; reason: string }[] = [];
    let fail: (event: IntegrationEvent) => void = () => undefined;
    const subscription = await on.consume(
      'order.events',
      { name, maxDeliveries },
      async (event) => {
        seen.push(event);
        fail(event);
      },
      ({ id }, reason) => parked.push({ id, reason }),
    );
    return {
      seen,
      parked,
      subscription,
      failWhen: (when: (event: IntegrationEvent) => boolean) => {
        fail = (event) => {
          if (when(event)) throw new Error('not today');
        };
      },
    };
  };
  const idsOf = (events: readonly IntegrationEvent[]): string[] => events.map(({ id }) => id);

  it('brings each message to each consumer, whole and in order', async () => {
    const [mail, ledger] = [await collect('mail'), await collect('ledger')];
    for (const id of ['1', '2', '3']) await bus.publish('order.events', eventOf(id));
    await eventually(() => mail.seen.length === 3 && ledger.seen.length === 3);
    expect(mail.seen).toEqual([eventOf('1'), eventOf('2'), eventOf('3')]);
    expect(idsOf(ledger.seen)).toEqual(['1', '2', '3']);
  });

  it('takes the same id for the same message', async () => {
    const mail = await collect('mail');
    await bus.publish('order.events', eventOf('1'));
    await bus.publish('order.events', eventOf('1'));
    await bus.publish('order.events', eventOf('2'));
    await eventually(() => mail.seen.length >= 2);
    expect(idsOf(mail.seen)).toEqual(['1', '2']);
  });

  it('keeps topics apart', async () => {
    const mail = await collect('mail');
    await bus.publish('user.events', eventOf('1'));
    await bus.publish('order.events', eventOf('2'));
    await eventually(() => mail.seen.length > 0);
    expect(idsOf(mail.seen)).toEqual(['2']);
  });

  it('brings a message again when its handler fails, and goes on', async () => {
    const mail = await collect('mail');
    let tries = 0;
    mail.failWhen(({ id }) => id === '1' && (tries += 1) < 2);
    await bus.publish('order.events', eventOf('1'));
    await bus.publish('order.events', eventOf('2'));
    await eventually(() => mail.seen.length === 3, 15_000);
    expect(idsOf(mail.seen).sort()).toEqual(['1', '1', '2']);
    expect(mail.parked).toEqual([]);
  });

  it('parks a message whose handler keeps failing, and nothing else waits for it', async () => {
    const mail = await collect('mail', bus, 2);
    mail.failWhen(({ id }) => id === '1');
    await bus.publish('order.events', eventOf('1'));
    await bus.publish('order.events', eventOf('2'));
    await eventually(() => mail.parked.length === 1 && idsOf(mail.seen).includes('2'), 15_000);
    expect(mail.parked[0]!.id).toBe('1');
    expect(idsOf(mail.seen).filter((id) => id === '1')).toHaveLength(2);
  });

  it('shares a consumer between all who bear its name', async () => {
    const [one, two] = [await collect('mail'), await collect('mail')];
    for (let id = 1; id <= 20; id += 1) await bus.publish('order.events', eventOf(String(id)));
    await eventually(() => one.seen.length + two.seen.length >= 20);
    expect(new Set([...idsOf(one.seen), ...idsOf(two.seen)]).size).toBe(20);
  });

  it('keeps what comes while a consumer is away', async () => {
    const first = await collect('mail');
    await bus.publish('order.events', eventOf('1'));
    await eventually(() => first.seen.length === 1);
    await first.subscription.stop();
    await bus.publish('order.events', eventOf('2'));
    const again = await collect('mail');
    await eventually(() => again.seen.length === 1);
    expect(idsOf(again.seen)).toEqual(['2']);
    expect(idsOf(first.seen)).toEqual(['1']);
  });

  it('announces changes to everyone who listens, until they stop', async () => {
    const heard: DocumentChanged[] = [];
    const subscription = await bus.onChange((change) => heard.push(change));
    const change = { collection: 'order_details', id: 'o-1', position: '00000000000000000001' };
    bus.announce([change]);
    await eventually(() => heard.length === 1);
    expect(heard).toEqual([change]);
    await subscription.stop();
    const other: DocumentChanged[] = [];
    await bus.onChange((later) => other.push(later));
    bus.announce([change]);
    await eventually(() => other.length === 1);
    expect(heard).toHaveLength(1);
  });

  it('keeps a failing listener from harming the others', async () => {
    const heard: DocumentChanged[] = [];
    await bus.onChange(() => {
      throw new Error('deaf');
    });
    await bus.onChange((change) => heard.push(change));
    bus.announce([{ collection: 'carts', id: 'c', position: '1' }]);
    await eventually(() => heard.length === 1);
  });

  it('is healthy until it is closed, and then refuses', async () => {
    const closing = await another();
    expect(closing.healthy()).toBe(true);
    await closing.close();
    expect(closing.healthy()).toBe(false);
    await expect(closing.publish('order.events', eventOf('1'))).rejects.toMatchObject({
      code: 'BUS_UNAVAILABLE',
    });
  });
};
