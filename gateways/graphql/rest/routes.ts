import type { ShownDeliveryNote, ShownInvoice } from '../pdf';
import type { RestFile, RestRoute } from './rest-route';

const money = 'amountMinor currency formatted';
const product = `id number sku name description category price { ${money} } imageUrl active rating { average count } availability { available }`;
const account = 'id email name roles telephone language';
const session = `accessToken accessTokenExpiresAt refreshToken sessionExpiresAt realm account { ${account} }`;
const cart = `lines { productId sku name quantity unitPrice { ${money} } total { ${money} } } itemCount total { ${money} } changedAt`;
const quote = `quote validUntil lines { productId name quantity unitPrice { ${money} } discount { ${money} } } promotions { promotionId name coupon amount { ${money} } } shipping { ${money} } tax { country isIncluded entries { category rateHundredths net { ${money} } tax { ${money} } } } total { ${money} } changes { productId was { ${money} } now { ${money} } } changed`;
const orderInList = `id number status placedAt total { ${money} }`;
const shipTo = 'recipient line1 line2 city region postalCode country telephone';
const order = `${orderInList} tax { country isIncluded entries { category rateHundredths net { ${money} } tax { ${money} } } } paid { ${money} } refunded { ${money} } destination { x y } shipTo { ${shipTo} } noteToSeller gift { message withoutPrices } carrierAccount payBy lines { productId sku name quantity unitPrice { ${money} } total { ${money} } } shipments { id number status trackingNumber } timeline { at type summary }`;
const party = 'name address taxId';
const entry = `category rateHundredths net { ${money} } tax { ${money} }`;
const invoiceRows = `lines { sku name quantity unitPrice { ${money} } discount { ${money} } amount { ${money} } taxCategory } shipping { name charge { ${money} } } other { ${money} }`;
const invoice = `kind number language issuedOn settledOn corrects orderNumber issuer { ${party} } billedTo { ${party} } ${invoiceRows} tax { country isIncluded entries { ${entry} } } total { ${money} }`;
const deliveryNote = `orderNumber soldAt shipmentNumber language shipTo { ${shipTo} } noteToSeller giftMessage lines { sku name quantity unitPrice { ${money} } }`;
const page = 'pageInfo { hasNextPage endCursor } totalCount totalCountIsExact';
const pageParameters = ['first', 'after'];

const invoicePdf: RestFile = {
  contentType: 'application/pdf',
  make: async (shown: ShownInvoice) => {
    // Most processes never need the library and its fonts.
    const { renderInvoice } = await import('../pdf/index.js');
    return { name: `${shown.number}.pdf`, content: await renderInvoice(shown) };
  },
};

const deliveryNotePdf: RestFile = {
  contentType: 'application/pdf',
  make: async (shown: ShownDeliveryNote) => {
    const { renderDeliveryNote } = await import('../pdf/index.js');
    const numbers = [shown.orderNumber, shown.shipmentNumber].filter((number) => number !== null);
    return { name: `delivery-note-${numbers.join('-')}.pdf`, content: await renderDeliveryNote(shown) };
  },
};

/**
 * The routes under `/api/v1`. Each one is an operation of the GraphQL schema; parameters, bodies, answers and the OpenAPI
 * document follow from the schema and what is selected here.
 */
export const restRoutes: readonly RestRoute[] = [
  { method: 'POST', path: '/register', field: 'signUp', selection: session, status: 201 },
  { method: 'POST', path: '/login', field: 'logIn', selection: session },
  { method: 'POST', path: '/refresh', field: 'refreshSession', selection: session },
  { method: 'GET', path: '/profile', field: 'me', selection: account },
  { method: 'PUT', path: '/profile', field: 'changeProfile', selection: `account { ${account} }` },
  {
    ...{ method: 'GET', path: '/products', field: 'products' },
    selection: `edges { node { ${product} } } ${page}`,
    parameters: ['query', 'category', 'sort', ...pageParameters],
  },
  { method: 'GET', path: '/products/{id}', field: 'product', selection: product },
  {
    ...{ method: 'POST', path: '/products', field: 'registerProduct' },
    selection: `product { ${product} }`,
    status: 201,
  },
  {
    ...{ method: 'PUT', path: '/products/{productId}', field: 'describeProduct' },
    selection: `product { ${product} }`,
  },
  {
    ...{ method: 'PUT', path: '/products/{productId}/price', field: 'changeProductPrice' },
    selection: `product { ${product} }`,
  },
  { method: 'GET', path: '/cart', field: 'cart', selection: cart },
  { method: 'POST', path: '/cart/lines', field: 'addToCart', selection: `cart { ${cart} }` },
  {
    ...{ method: 'POST', path: '/cart/merge', field: 'mergeCart' },
    selection: `skipped { productId code message } cart { ${cart} }`,
  },
  { method: 'PUT', path: '/cart/lines/{productId}', field: 'changeCartLine', selection: `cart { ${cart} }` },
  {
    ...{ method: 'DELETE', path: '/cart/lines/{productId}', field: 'removeFromCart' },
    selection: `cart { ${cart} }`,
  },
  { method: 'POST', path: '/cart/quote', field: 'quoteCart', selection: quote },
  { method: 'POST', path: '/orders', field: 'placeOrder', selection: `order { ${order} }`, status: 201 },
  {
    ...{ method: 'GET', path: '/orders', field: 'orders' },
    selection: `edges { node { ${orderInList} } } ${page}`,
    parameters: pageParameters,
  },
  { method: 'GET', path: '/orders/{id}', field: 'order', selection: order },
  {
    ...{ method: 'POST', path: '/orders/{orderId}/pay', field: 'payOrder' },
    selection: `paymentId order { ${order} }`,
  },
  { method: 'POST', path: '/orders/{orderId}/cancel', field: 'cancelOrder', selection: `order { ${order} }` },
  {
    ...{ method: 'POST', path: '/orders/{orderId}/cancel-goods', field: 'cancelGoods' },
    selection: `order { ${order} }`,
  },
  {
    ...{ method: 'GET', path: '/orders/{orderId}/delivery-note.pdf', field: 'deliveryNote' },
    ...{ selection: deliveryNote, parameters: ['shipmentId'], file: deliveryNotePdf },
  },
  { method: 'GET', path: '/invoices/{number}', field: 'invoice', selection: invoice },
  { method: 'GET', path: '/invoices/{number}.pdf', field: 'invoice', selection: invoice, file: invoicePdf },
  ...(['email', 'sms'] as const).map((channel): RestRoute => ({
    ...{ method: 'POST', path: `/notifications/${channel}`, field: 'sendMessage', sets: { channel } },
    ...{ selection: 'notificationId', status: 202 },
  })),
  {
    ...{ method: 'GET', path: '/notifications/history', field: 'notifications' },
    selection: `edges { node { id status template subject text queuedAt settledAt } } ${page}`,
    parameters: pageParameters,
  },
];
