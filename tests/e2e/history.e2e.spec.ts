import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, type Command } from '../../cli/program/command';
import { diffCommand } from '../../cli/commands/diff';
import { eventsCommand } from '../../cli/commands/events';
import { explainCommand } from '../../cli/commands/explain';
import { forkCommand } from '../../cli/commands/fork';
import { Shopper } from '../support/graphql/shopper';
import { runCommand } from '../support/process/command-line';
import { topSpeed, WaybillHome, type RunningWaybill } from '../support/process/waybill';

type Entry = { readonly at: string; readonly type: string; readonly summary: string };
type TimedOrder = { readonly timeline: readonly Entry[] };
type Explained = {
  readonly shaped: readonly { readonly type: string }[];
  readonly fields: readonly {
    readonly path: string;
    readonly value: unknown;
    readonly setBy: { readonly type: string; readonly actor: string; readonly traceId: string | null };
    readonly chain: readonly { readonly types: readonly string[] }[];
  }[];
};
type Diff = { readonly differing: Readonly<Record<string, number>> };

const timeline = '{ at type summary }';

describe('the history of a platform that runs', () => {
  let home: WaybillHome;
  let running: RunningWaybill;
  let staff: Shopper;
  let orderId: string;
  let paidAt: string;
  beforeAll(async () => {
    home = await WaybillHome.make();
    running = await home.start();
    const { email, password } = running.administrator!;
    staff = await Shopper.logIn(running.url, email, password!);
    const [product] = await staff.productsOnHand(1);
    await staff.addToCart(product!, 2);
    orderId = await staff.place({ x: 5, y: 5 });
    await staff.waitFor(orderId, 'FULFILLED', 30_000);
    const order = await staff.ask<TimedOrder>(
      `query ($id: ID!) { order(id: $id) { timeline ${timeline} } }`,
      {
        id: orderId,
      },
    );
    paidAt = order.timeline.find(({ type }) => type === 'OrderPaid')!.at;
  });
  afterAll(async () => {
    await running.close();
    await home.remove();
    for (const fork of forks) await rm(fork, { recursive: true, force: true });
  });

  const forks: string[] = [];
  const beside = async (command: Command, ...args: readonly string[]) =>
    runCommand(command, args, { WAYBILL_DATA_DIR: home.directory });

  it('shows an order at each moment of its timeline with what had happened by then, and no more', async () => {
    const now = await staff.ask<TimedOrder>(`query ($id: ID!) { order(id: $id) { timeline ${timeline} } }`, {
      id: orderId,
    });
    expect(now.timeline.length).toBeGreaterThan(10);
    const then = async (asOf: string): Promise<readonly Entry[]> => {
      const query = `query ($id: ID!, $asOf: DateTime!) { order(id: $id, asOf: $asOf) { timeline ${timeline} } }`;
      return (await staff.ask<TimedOrder | null>(query, { id: orderId, asOf }))?.timeline ?? [];
    };
    for (const at of new Set(now.timeline.map((entry) => entry.at)))
      for (const moment of [at, new Date(Date.parse(at) - 1).toISOString()])
        expect(await then(moment)).toEqual(now.timeline.filter((entry) => entry.at <= moment));
  });

  it('explains a field of the order, by the command line and by GraphQL', async () => {
    const said = await beside(explainCommand, 'order', orderId, 'status', '--json');
    expect(said.code).toBe(exitCodes.ok);
    const { fields, shaped } = JSON.parse(said.out) as Explained;
    expect(fields).toMatchObject([
      { path: 'status', value: 'FULFILLED', setBy: { type: 'OrderFulfilled', actor: 'system:workflows' } },
    ]);
    expect(fields[0]!.chain[0]!.types).toContain('OrderPlaced');
    expect(shaped.length).toBeGreaterThan(10);
    const query = `query ($id: ID!) { explain(readModel: "order_details", id: $id, field: "status") {
      shapedCount fields { path value setBy { type actor traceId } chain { types } } } }`;
    const explained = await staff.ask<Explained & { shapedCount: number }>(query, { id: orderId });
    expect(explained.shapedCount).toBe(shaped.length);
    expect(explained.fields).toMatchObject([{ path: 'status', value: 'FULFILLED' }]);
    expect(explained.fields[0]!.chain).toHaveLength(fields[0]!.chain.length);
    expect((await beside(explainCommand, 'order', orderId, 'colour')).code).toBe(exitCodes.notFound);
    expect((await beside(explainCommand, 'order', 'none')).code).toBe(exitCodes.notFound);
    expect((await beside(explainCommand, 'weather', 'none')).code).toBe(exitCodes.usage);
    const people = await beside(explainCommand, 'order', orderId);
    expect(people.out).toMatch(
      /OrderPlaced {2}.*\n.*command .* of customer:|OrderPlaced {2}.*\n.*command .* of staff:/,
    );
  });

  it('is read whole by this program', async () => {
    const said = await beside(eventsCommand, 'check', '--json');
    expect(said.code).toBe(exitCodes.ok);
    expect(JSON.parse(said.out)).toMatchObject({ failures: 0 });
  });

  it('is forked as of a moment; the fork goes on by itself, and what differs is shown', async () => {
    const into = `${home.directory}-fork`;
    forks.push(into);
    const forked = await beside(forkCommand, '--at', paidAt, '--into', into, '--json');
    expect(forked).toMatchObject({ code: exitCodes.ok });
    expect(JSON.parse(await readFile(join(into, 'fork.json'), 'utf8'))).toMatchObject({ at: paidAt });
    expect((await beside(forkCommand, '--into', into)).code).toBe(exitCodes.conflict);

    const first = await runCommand(diffCommand, [home.directory, into, '--json'], {});
    expect(first.code).toBe(exitCodes.differencesFound);
    expect((JSON.parse(first.out) as Diff).differing).toMatchObject({ orders: 1 });

    const before = await runCommand(eventsCommand, ['tail', '--last', '1'], {
      WAYBILL_DATA_DIR: home.directory,
    });
    const fork = await WaybillHome.at(into).start(topSpeed);
    const { email, password } = running.administrator!;
    try {
      const visitor = await Shopper.logIn(fork.url, email, password!);
      const query = 'query ($id: ID!) { order(id: $id) { paid { amountMinor } } }';
      const paid = await visitor.ask<{ paid: { amountMinor: number } }>(query, { id: orderId });
      expect(paid.paid.amountMinor).toBeGreaterThan(0);
      const [product] = await visitor.productsOnHand(1);
      await visitor.addToCart(product!, 1);
      await visitor.place({ x: 1, y: 1 });
    } finally {
      await fork.close();
    }
    const after = await runCommand(eventsCommand, ['tail', '--last', '1'], {
      WAYBILL_DATA_DIR: home.directory,
    });
    expect(after.out).toBe(before.out);

    const last = await runCommand(diffCommand, [home.directory, into], {});
    expect(last).toMatchObject({ code: exitCodes.differencesFound });
    expect(last.out).toMatch(/orders .* only in B/);
    expect((await runCommand(diffCommand, [into, into], {})).code).toBe(exitCodes.ok);
  });
});
