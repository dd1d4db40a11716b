import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';
import { topSpeed } from '../support/process/waybill';

const atDispatch = { ...topSpeed, WAYBILL_PAYMENT_CAPTURE: 'at-dispatch' };

describePages(
  'money that is held first and taken as goods leave',
  (pages) => {
    const place = async (shopper: Shopper): Promise<string> => {
      const [product = ''] = await shopper.productsOnHand(1);
      await shopper.addToCart(product, 1);
      const placed = await shopper.send<{ order: { id: string } }>(
        'placeOrder',
        { destination: { x: 3, y: -2 } },
        'order { id }',
      );
      return placed.order.id;
    };

    it('is shown to the customer, and staff try a refused capture again', async () => {
      const shopper = await Shopper.signUp(pages().waybill.url, 'ada@example.com');
      const orderId = await place(shopper);
      await shopper.send('payOrder', { orderId, paymentMethod: 'test-capture-refused-once' });

      const customer = await pages().enter();
      await customer.logIn('ada@example.com', 'correct horse battery');
      await customer.open(`/orders/${orderId}`);
      const { page } = customer;
      await page.getByText('Held, not yet taken').waitFor();
      await page.getByText('What does not leave is never taken.').waitFor();
      await page.getByText('The money for a packed parcel could not be taken').waitFor();
      await customer.expectMannered('order-money-held');
      await page.getByRole('button', { name: '中文' }).click();
      await page.getByText('已冻结，尚未扣款').waitFor();
      await page.getByText('已打包的包裹扣款失败').waitFor();

      const desk = await pages().enterAsAdministrator();
      await desk.open(`/admin/orders/${orderId}`);
      await desk.page.getByText('The bank of the payer refuses to pay now.').first().waitFor();
      await desk.expectMannered('staff-order-capture-refused');
      await desk.page.getByRole('button', { name: 'Take the money again' }).click();
      await desk.page.getByText('was taken for goods that are packed.').waitFor();
      await shopper.waitFor(orderId, 'FULFILLED', 30_000);
      await page.getByText('已冻结，尚未扣款').waitFor({ state: 'detached' });
    }, 90_000);

    it('of a cancelled order is never taken', async () => {
      const shopper = await Shopper.signUp(pages().waybill.url, 'bob@example.com');
      const orderId = await place(shopper);
      const staff = await pages().staff();
      // A held order is not packed, so that there is time to cancel it.
      await staff.send('holdOrder', { orderId, reason: 'OTHER' });
      await shopper.send('payOrder', { orderId, paymentMethod: 'test' });
      await shopper.send('cancelOrder', { orderId });
      await shopper.waitFor(orderId, 'CANCELLED', 30_000);

      const customer = await pages().enter();
      await customer.logIn('bob@example.com', 'correct horse battery');
      await customer.open(`/orders/${orderId}`);
      await customer.page.getByText('Never taken', { exact: true }).waitFor();
    }, 90_000);
  },
  atDispatch,
);
