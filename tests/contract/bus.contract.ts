import { randomUUID } from 'node:crypto';
import type { Bus, DocumentChanged, IntegrationEvent, Topic } from '../../platform/bus';
import { isFault } from '../../platform/faults';

const topic: Topic = 'order.events';
const eventOf = (subject: string, id: string = randomUUID()): IntegrationEvent => ({
  id,
  type: 'order.paid',
  source: '/contract',
  subject,
  time: '2026-01-31T08:00:00.000Z',
  data: { total: { amountMinor: 1300, currency: 'GBP' }, note: 'ä \u{1F4E6}' },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
});

/** Collects what handlers are given, and lets a test wait until there is enough of it. */
const collector = <Item>() => {
  const items: Item[] = [];
  const waiters: { readonly count: number; readonly resolve: () => void }[] = [];
  return {
    items,
    add: (item: Item): void => {
      items.push(item);
      for (const { count, resolve } of waiters) if (items.length >= count) resolve();
    },
    reaches: (count: number): Promise<void> =>
      new Promise((resolve) => {
        if (items.length >= count) resolve();
        else waiters.push({ count, resolve });
      }),
  };
};

const ignore = (): void => undefined;

/**
 * The contract of every engine of the bus.
 *
 * @param open - an engine that redelivers after a few milliseconds; it may be shared: consumers get new names.
 */
export const busContract = (open: () => Promise<Bus>): void => {
  let bus: Bus;
  const named = (maxDeliveries = 5) => ({ name: `contract-${randomUUID()}`, maxDeliveries });

  beforeAll(async () => {
    bus = await open();
  });
  afterAll(() => bus.close());

  it('delivers a message whole', async () => {
    const seen = collector<IntegrationEvent>();
    const subscription = await bus.consume(topic, named(), async (event) => seen.add(event), ignore);
    const event = eventOf('whole');
    await bus.publish(topic, event);
    await seen.reaches(1);
    expect(seen.items).toEqual([event]);
    await subscription.stop();
  });

  it('delivers to each consumer, and to one subscription of each', async () => {
    const shared = named();
    const [both, other] = [collector<string>(), collector<string>()];
    const subscriptions = await Promise.all([
      bus.consume(topic, shared, async ({ subject }) => both.add(subject), ignore),
      bus.consume(topic, shared, async ({ subject }) => both.add(subject), ignore),
      bus.consume(topic, named(), async ({ subject }) => other.add(subject), ignore),
    ]);
    const subjects = Array.from({ length: 40 }, (_, index) => `s${index}`);
    await Promise.all(subjects.map((subject) => bus.publish(topic, eventOf(subject))));
    await Promise.all([both.reaches(40), other.reaches(40)]);
    expect([...both.items].sort()).toEqual([...subjects].sort());
    expect([...other.items].sort()).toEqual([...subjects].sort());
    await Promise.all(subscriptions.map((subscription) => subscription.stop()));
  });

  it('keeps topics apart', async () => {
    const seen = collector<string>();
    const subscription = await bus.consume(topic, named(), async ({ subject }) => seen.add(subject), ignore);
    await bus.publish('user.events', eventOf('of users'));
    await bus.publish(topic, eventOf('of orders'));
    await seen.reaches(1);
    expect(seen.items).toEqual(['of orders']);
    await subscription.stop();
  });

  it('takes the same id on a topic for the same message', async () => {
    const seen = collector<string>();
    const subscription = await bus.consume(topic, named(), async ({ subject }) => seen.add(subject), ignore);
    const id = randomUUID();
    await bus.publish(topic, eventOf('once', id));
    await bus.publish(topic, eventOf('once', id));
    await bus.publish(topic, eventOf('after'));
    await seen.reaches(2);
    expect([...seen.items].sort()).toEqual(['after', 'once']);
    await subscription.stop();
  });

  it('delivers again what a handler failed on, while others go on', async () => {
    const seen = collector<string>();
    let failures = 2;
    const subscription = await bus.consume(
      topic,
      named(),
      async ({ subject }) => {
        if (subject === 'difficult' && failures-- > 0) throw new Error('Not now');
        seen.add(subject);
      },
      ignore,
    );
    await bus.publish(topic, eventOf('difficult'));
    await bus.publish(topic, eventOf('easy'));
    await seen.reaches(2);
    expect(seen.items).toEqual(['easy', 'difficult']);
    await subscription.stop();
  });

  it('parks a message after so many deliveries, with the reason, and delivers it no more', async () => {
    const parked = collector<{ id: string; reason: string }>();
    const seen = collector<string>();
    const event = eventOf('poison');
    const subscription = await bus.consume(
      topic,
      named(3),
      async ({ subject }) => {
        seen.add(subject);
        if (subject === 'poison') throw new Error('I can’t take it');
      },
      ({ id }, reason) => parked.add({ id, reason }),
    );
    await bus.publish(topic, event);
    await parked.reaches(1);
    expect(parked.items).toEqual([{ id: event.id, reason: 'I can’t take it' }]);
    await bus.publish(topic, eventOf('healthy'));
    await seen.reaches(4);
    expect(seen.items).toEqual(['poison', 'poison', 'poison', 'healthy']);
    await subscription.stop();
  });

  it('begins a new consumer with what is published from then on', async () => {
    await bus.publish(topic, eventOf('before'));
    const seen = collector<string>();
    const subscription = await bus.consume(topic, named(), async ({ subject }) => seen.add(subject), ignore);
    await bus.publish(topic, eventOf('since'));
    await seen.reaches(1);
    expect(seen.items).toEqual(['since']);
    await subscription.stop();
  });

  it('keeps a consumer’s messages while it is not subscribed', async () => {
    const consumer = named();
    const [early, late] = [collector<string>(), collector<string>()];
    const first = await bus.consume(topic, consumer, async ({ subject }) => early.add(subject), ignore);
    await first.stop();
    await bus.publish(topic, eventOf('meanwhile'));
    const second = await bus.consume(topic, consumer, async ({ subject }) => late.add(subject), ignore);
    await late.reaches(1);
    expect(late.items).toEqual(['meanwhile']);
    expect(early.items).toEqual([]);
    await second.stop();
  });

  it('lets a handler finish before its subscription has stopped', async () => {
    const begun = collector<string>();
    let finish = ignore;
    const mayFinish = new Promise<void>((resolve) => (finish = resolve));
    let finished = false;
    const subscription = await bus.consume(
      topic,
      named(),
      async ({ subject }) => {
        begun.add(subject);
        await mayFinish;
        finished = true;
      },
      ignore,
    );
    await bus.publish(topic, eventOf('long'));
    await begun.reaches(1);
    const stopping = subscription.stop();
    finish();
    await stopping;
    expect(finished).toBe(true);
  });

  it('tells every listener of changed documents, until it stops', async () => {
    const [one, two] = [collector<DocumentChanged>(), collector<DocumentChanged>()];
    const first = await bus.onChange((change) => one.add(change));
    const angry = await bus.onChange(() => {
      throw new Error('I never listen');
    });
    const second = await bus.onChange((change) => two.add(change));
    const change = { collection: 'order_details', id: randomUUID(), position: '7' };
    bus.announce([change, { ...change, position: '8' }]);
    await Promise.all([one.reaches(2), two.reaches(2)]);
    expect(one.items.map(({ position }) => position)).toEqual(['7', '8']);
    await first.stop();
    bus.announce([{ ...change, position: '9' }]);
    await two.reaches(3);
    expect(one.items).toHaveLength(2);
    await Promise.all([angry.stop(), second.stop()]);
  });

  it('is healthy until it is closed, and then unavailable', async () => {
    const other = await open();
    expect(other.healthy()).toBe(true);
    await other.close();
    expect(other.healthy()).toBe(false);
    other.announce([{ collection: 'order_details', id: 'a', position: '1' }]);
    const error: unknown = await other.publish(topic, eventOf('late')).catch((reason: unknown) => reason);
    expect(isFault(error, 'BUS_UNAVAILABLE')).toBe(true);
  });
};
