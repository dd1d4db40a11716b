import type { Locator } from 'playwright-core';
import { Pages } from '../support/browser/describe-pages';
import type { Visitor } from '../support/browser/browser';
import type { Shopper } from '../support/graphql/shopper';
import { describeOn } from '../support/process/real-engine';
import { eventually } from '../support/time/eventually';
import { ScriptedWorld } from '../support/world/scripted-world';

type Sites = readonly { readonly id: string; readonly name: string }[];

describeOn('WAYBILL_TEST_CHROMIUM', 'the ways out of a failed shipment in the console', (chromium) => {
  let world: ScriptedWorld;
  let pages: Pages;
  let staff: Shopper;
  let visitor: Visitor;
  let sites: Sites;
  let product: string;

  beforeAll(async () => {
    world = await ScriptedWorld.open();
    pages = await Pages.open(chromium, { WAYBILL_WORLD: `tcp://127.0.0.1:${world.port}?worldid=1` });
    staff = await pages.staff();
    visitor = await pages.enterAsAdministrator();
    sites = await staff.ask<Sites>('{ warehouses { id name } }');
    const { edges } = await staff.ask<{ edges: { node: { id: string } }[] }>(
      '{ products(first: 1) { edges { node { id } } } }',
    );
    product = edges[0]!.node.id;
    const receive = `mutation ($input: ReceiveStockInput!) {
      receiveStock(input: $input) { ... on UserError { code message } }
    }`;
    for (const { id: warehouseId } of sites)
      await staff.ask(receive, { input: { warehouseId, productId: product, quantity: 50 } });
  }, 90_000);
  afterAll(async () => {
    await pages.close();
    await world.close();
  });
  afterEach(() => {
    expect(pages.trouble()).toEqual([]);
  });

  let told = 1_000n;

  /** Returns the World's next command to pack a parcel. */
  const packing = async (heard: number) => {
    await eventually(() => packed().length > heard);
    return packed()[heard]!;
  };
  /** Each command once, however often it was sent. */
  const packed = () => [...new Map(world.all('topack').map((each) => [each.seqnum, each])).values()];
  const answer = (originseqnum: bigint, shipid: bigint, isRefused: boolean): void => {
    told += 1n;
    world.say(
      isRefused
        ? {
            acks: [originseqnum],
            error: [{ err: 'the packing machine is broken', originseqnum, seqnum: told }],
          }
        : { acks: [originseqnum], ready: [{ shipid, seqnum: told }] },
    );
  };

  /** Opens the page of a new order whose only parcel the World has refused to pack. */
  const openFailed = async (): Promise<{ readonly heard: number; readonly shipment: Locator }> => {
    const before = packed().length;
    await staff.addToCart(product, 1);
    const { id } = await staff.placeOrder({ x: 3, y: -2 });
    const { seqnum, shipid } = await packing(before);
    answer(seqnum, shipid, true);
    await visitor.open(`/admin/orders/${id}`);
    const shipment = visitor.page.getByRole('article', { name: /^Shipment/ }).first();
    await shows(shipment, 'Failed');
    await shows(shipment, 'the packing machine is broken');
    return { heard: before + 1, shipment };
  };
  const shows = (where: Locator, text: string): Promise<void> =>
    where.filter({ hasText: text }).first().waitFor();

  it('pack it again by a click', async () => {
    const { heard, shipment } = await openFailed();
    expect(await visitor.violations()).toEqual([]);
    expect(await visitor.overflowOnPhone()).toBeLessThanOrEqual(0);
    await shipment.getByRole('button', { name: 'Retry the shipment' }).click();
    const { seqnum, shipid } = await packing(heard);
    await shows(shipment, 'Packing');
    answer(seqnum, shipid, false);
    await shows(shipment, 'Packed');
    expect(await shipment.getByRole('button', { name: 'Retry the shipment' }).count()).toBe(0);
    expect(packed()).toHaveLength(heard + 1);
  });

  it('send the goods from another warehouse, which is chosen by the keyboard', async () => {
    const { heard, shipment } = await openFailed();
    const { whnum: from } = packed()[heard - 1]!;
    const other = sites.find(({ id }) => id !== String(from))!;
    await shipment.getByText('Send from another warehouse', { exact: true }).press('Enter');
    await shipment.getByLabel('Warehouse', { exact: true }).selectOption(other.id);
    await shipment.getByRole('button', { name: 'Send from this warehouse' }).press('Enter');
    const { seqnum, shipid, whnum } = await packing(heard);
    expect(String(whnum)).toBe(other.id);
    await shows(shipment, 'Cancelled');
    const second = visitor.page.getByRole('article', { name: /^Shipment/ }).nth(1);
    await shows(second, other.name);
    answer(seqnum, shipid, false);
    await shows(second, 'Packed');
    expect(await shipment.getByText('Send from another warehouse', { exact: true }).count()).toBe(0);
  });

  it('do both at the page of the shipment', async () => {
    const { heard, shipment } = await openFailed();
    await shipment.getByRole('link', { name: /^Shipment/ }).click();
    const { page } = visitor;
    await page.getByText('Send from another warehouse', { exact: true }).waitFor();
    await visitor.expectMannered('staff-shipment-failed');
    await page.getByRole('button', { name: 'Retry the shipment' }).click();
    const { seqnum, shipid } = await packing(heard);
    answer(seqnum, shipid, true);
    // It failed again, and the page shows it by itself.
    await page.getByText('Send from another warehouse', { exact: true }).click();
    const other = sites.find(({ id }) => id !== String(packed()[heard]!.whnum))!;
    await page.getByLabel('Warehouse', { exact: true }).selectOption(other.id);
    await page.getByRole('button', { name: 'Send from this warehouse' }).click();
    await page.locator('.facts dd', { hasText: 'Cancelled' }).waitFor();
    expect(String((await packing(heard + 1)).whnum)).toBe(other.id);
  });
});
