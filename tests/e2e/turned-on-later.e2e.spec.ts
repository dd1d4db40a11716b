import { checkpointsIn } from '../../platform/reactions/stored-state';
import { eventually } from '../support/time/eventually';
import { Shopper } from '../support/graphql/shopper';
import { topSpeed, WaybillHome } from '../support/process/waybill';

type Products = { readonly edges: readonly { readonly node: { readonly id: string } }[] };

const firstProduct = async (shopper: Shopper): Promise<string> => {
  let first: string | undefined;
  await eventually(async () => {
    const { edges } = await shopper.ask<Products>('{ products(first: 1) { edges { node { id } } } }');
    first = edges[0]?.node.id;
    return first !== undefined;
  }, 20_000);
  return first!;
};

describe('an outside system that starts later', () => {
  it.each(['WAYBILL_WORLD', 'WAYBILL_CARRIER'])(
    'gets everything that happened before, and every order arrives: %s',
    async (neighbour) => {
      const home = await WaybillHome.make();
      let waybill = await home.start({ ...topSpeed, [neighbour]: 'off' });
      try {
        const early = await Shopper.signUp(waybill.url, 'ada@example.com');
        const lamp = await firstProduct(early);
        const placed: string[] = [];
        // More than there is: goods have to be bought from the World first.
        for (const quantity of [2, 5_000]) {
          await early.addToCart(lamp, quantity);
          placed.push((await early.placeOrder({ x: 3, y: 9 })).id);
        }
        const { store, readModels } = waybill.engines;
        const reactedTo = () => checkpointsIn(readModels).read('orders');
        await eventually(async () => (await reactedTo()) === (await store.head()), 20_000);
        for (const id of placed) expect((await early.order(id)).status).not.toBe('FULFILLED');
        await waybill.close();
        waybill = await home.start(topSpeed);
        const later = early.at(waybill.url);
        for (const id of placed) await later.waitFor(id, 'FULFILLED', 30_000);
      } finally {
        await waybill.close();
        await home.remove();
      }
    },
    90_000,
  );
});
