import { describePages } from '../support/browser/describe-pages';
import { Shopper } from '../support/graphql/shopper';

describePages('goods that are cancelled from an order', (pages) => {
  it('are chosen by the customer and by staff, and the rest of the order is delivered', async () => {
    const { url } = pages().waybill;
    const shopper = await Shopper.signUp(url, 'ada@example.com');
    const [product = ''] = await shopper.productsOnHand(1);
    await shopper.addToCart(product, 3);
    const { order } = await shopper.send<{ order: { id: string } }>(
      'placeOrder',
      { destination: { x: 3, y: -2 } },
      'order { id }',
    );
    const orderId = order.id;
    // A held order is not packed, so that there is time to choose.
    const staff = await pages().staff();
    await staff.send('holdOrder', { orderId, reason: 'OTHER' });
    await shopper.send('payOrder', { orderId, paymentMethod: 'test' });

    const customer = await pages().enter();
    await customer.logIn('ada@example.com', 'correct horse battery');
    await customer.open(`/orders/${orderId}`);
    const { page } = customer;
    await page.getByText('Cancel some of the goods', { exact: true }).click();
    await page.getByRole('button', { name: 'Cancel these goods' }).click();
    await page.getByText('Choose at least one piece.').waitFor();
    await page.getByLabel(/^Pieces of .* to cancel$/).fill('1');
    await page.getByRole('button', { name: 'Cancel these goods' }).click();
    await page.getByRole('cell', { name: '3 (1 cancelled)' }).waitFor();
    await page.getByText('The customer cancelled 1 piece.').waitFor();
    await customer.expectMannered('order-goods-cancelled');

    const desk = await pages().enterAsAdministrator();
    await desk.open(`/admin/orders/${orderId}`);
    await desk.page.getByText('Cancel some of the goods', { exact: true }).click();
    await desk.page.getByText('At most 2', { exact: true }).waitFor();
    await desk.page.getByLabel(/^Pieces of .* to cancel$/).fill('1');
    await desk.page.getByRole('button', { name: 'Cancel these goods' }).click();
    await desk.page.getByRole('cell', { name: '3 (2 cancelled)' }).waitFor();
    await desk.expectMannered('staff-order-goods-cancelled');

    await page.getByRole('button', { name: '中文' }).click();
    await page.getByText('商店取消了 1 件商品。').waitFor();
    await page.getByText('取消部分商品', { exact: true }).waitFor();

    await staff.send('releaseOrder', { orderId, reason: 'OTHER' });
    await shopper.waitFor(orderId, 'FULFILLED', 30_000);
    const shown = await shopper.ask<{ shipments: { items: { quantity: number }[] }[] }>(
      'query ($id: ID!) { order(id: $id) { shipments { items { quantity } } } }',
      { id: orderId },
    );
    expect(shown.shipments.flatMap(({ items }) => items)).toEqual([{ quantity: 1 }]);
  }, 90_000);
});
