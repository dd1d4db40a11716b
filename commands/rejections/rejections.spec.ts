import { money, type CurrencyCode } from '../../domain/money';
import { figuresOf, messageOf, rejections, type RejectionCode } from './';

const texts = Object.entries(rejections);
const SENTENCES = /^[A-Z][^"\\]*\.$/;
/** What a caller can do begins with the deed. */
const DEEDS =
  /^(Accept|Ask|Change|Check|Choose|Give|Log|Order|Pay|Put|Read|Report|Send|Set|Shorten|Sign|Split|Take|Use|Wait) /;

it.each(texts)('%s says what is wrong, and then what to do', (_code, { why, remedy }) => {
  expect(why).toMatch(SENTENCES);
  expect(remedy).toMatch(SENTENCES);
  expect(remedy).toMatch(DEEDS);
});

it('tells the figures where there are any', () => {
  const gbp = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);
  expect(messageOf({ code: 'PAYMENT_MISMATCH', due: gbp(1_300), paid: gbp(1_299) })).toBe(
    '£13.00 is due, and £12.99 was paid; nothing was recorded. Pay the exact sum.',
  );
  expect(messageOf({ code: 'QUANTITY_OUT_OF_RANGE', quantity: 1.5, min: 1, max: 9 })).toMatch(
    /^1\.5 is not a whole number from 1 to 9\. Give /,
  );
  expect(messageOf({ code: 'CART_EMPTY' })).toBe(
    'The cart is empty. Put something in with addToCart, then order.',
  );
});

it.each(Object.keys(rejections) as RejectionCode[])('%s describes its figures', (code) => {
  for (const { text } of Object.values(figuresOf(code))) expect(text).toMatch(/^[A-Z].*\.$/);
});
