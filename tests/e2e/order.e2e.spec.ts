import { orderStory } from '../contract/order-story.contract';
import { Shopper } from '../support/graphql/shopper';
import { WaybillHome, type RunningWaybill } from '../support/process/waybill';

describe('an order, in one process', () => {
  let home: WaybillHome;
  let waybill: RunningWaybill;
  let shopper: Shopper;
  beforeAll(async () => {
    home = await WaybillHome.make();
    waybill = await home.start();
    shopper = await Shopper.signUp(waybill.url, 'ada@example.com');
  }, 30_000);
  afterAll(async () => {
    await waybill.close();
    await home.remove();
  });

  orderStory(() => shopper);
});
