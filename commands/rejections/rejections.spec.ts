import { money, type CurrencyCode } from '../../domain/money';
import { figuresOf, messageOf, rejections, type RejectionCode } from './';

const texts = Object.entries(rejections);
const SENTENCES = /^[A-Z][^"\\]*\.$/;
/** A remedy begins with a verb. */
const VERBS =
  /^(Accept|Add|Cancel|Change|Check|Choose|Correct|Do not|Give|Grant|Import|Keep|Log|Move|Order|Pay|Read|Reduce|Refund|Release|Remove|Report|Request|Reserve|Restore|Retire|Send|Shorten|Sign|Split|Use|Wait|Withdraw) /;

it.each(texts)('%s has a reason, and a remedy that begins with a verb', (_code, { why, remedy }) => {
  expect(why).toMatch(SENTENCES);
  expect(remedy).toMatch(SENTENCES);
  expect(remedy).toMatch(VERBS);
  // People read it on the pages, so it names no operation of the API.
  expect(remedy).not.toMatch(/\b[a-z]+[A-Z]|\b(query|mutation)\b/);
});

it('a message contains the figures', () => {
  const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
  expect(messageOf({ code: 'PAYMENT_MISMATCH', due: gbp(1_300), paid: gbp(1_299) })).toBe(
    '£13.00 is due, and £12.99 was paid; nothing was recorded. Pay the exact amount.',
  );
  expect(messageOf({ code: 'QUANTITY_OUT_OF_RANGE', quantity: 1.5, min: 1, max: 9 })).toMatch(
    /^1\.5 is not a whole number from 1 to 9\. Give /,
  );
  expect(messageOf({ code: 'CART_EMPTY' })).toBe('The cart is empty. Add a product to the cart, then order.');
});

it.each(Object.keys(rejections) as RejectionCode[])('%s describes its figures', (code) => {
  for (const { text } of Object.values(figuresOf(code))) expect(text).toMatch(/^[A-Z].*\.$/);
});
