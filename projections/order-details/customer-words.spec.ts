import type { CustomerWords } from '../../domain/order';
import { erased } from '../../tests/support/domain/erased';
import { customerId, orderId, placed } from '../../tests/support/domain/orders';
import { projected } from '../../tests/support/projections/it-projects';
import { orderDetails } from './';

const placedWith = (words: CustomerWords) => ({ ...placed, data: { ...placed.data, ...words } });
const gone = erased(customerId, `order-${orderId}`);
const words = { noteToSeller: 'Pack it well.', gift: { message: 'For you', withoutPrices: true } };

it.each([
  ['none', [placedWith({})], { noteToSeller: null, gift: null }],
  ['those that the customer gave', [placedWith(words)], words],
  [
    'a gift without a message',
    [placedWith({ gift: { withoutPrices: false } })],
    { noteToSeller: null, gift: { message: null, withoutPrices: false } },
  ],
  [
    'no text after an erasure, and still no prices',
    [placedWith(words), gone],
    { noteToSeller: null, gift: { message: null, withoutPrices: true } },
  ],
  ['none after the erasure of one that had none', [placedWith({}), gone], { noteToSeller: null, gift: null }],
])('an order has of the words of its customer %s', (_, events, shown) => {
  const [document] = projected(orderDetails, events).values();
  expect(document).toMatchObject(shown);
});
