import { parseValue } from 'graphql';
import { scalars } from './scalars';

const { DateTime, SafeInt, CurrencyCode: Currency, ConsistencyToken, JSON: Json } = scalars;

it.each([
  ['2026-01-31T08:26:00Z', '2026-01-31T08:26:00.000Z'],
  ['2026-01-31T09:26:00.5+01:00', '2026-01-31T08:26:00.500Z'],
])('a DateTime of %s is %s', (text, instant) => {
  expect(DateTime.parseValue(text)).toBe(instant);
  expect(DateTime.parseLiteral(parseValue(JSON.stringify(text)), {})).toBe(instant);
});

it.each(['2026-01-31', 'yesterday', '2026-13-31T00:00:00Z', '2026-02-30T00:00:00Z', 7, null])(
  '%p is no DateTime',
  (value) => {
    expect(() => DateTime.parseValue(value)).toThrow('A DateTime is text like');
  },
);

it.each([0, -5, 2 ** 53 - 1])('%p is a SafeInt', (value) => {
  expect(SafeInt.parseValue(value)).toBe(value);
  expect(SafeInt.parseLiteral(parseValue(String(value)), {})).toBe(value);
});

it.each([1.5, 2 ** 53, '7', Number.NaN, Infinity])('%p is no SafeInt', (value) => {
  expect(() => SafeInt.parseValue(value)).toThrow('A SafeInt is');
});

it('takes a currency, and a token, only as they are', () => {
  expect(Currency.parseValue('GBP')).toBe('GBP');
  expect(() => Currency.parseValue('gbp')).toThrow();
  const positions = ['00000000000000000042', '00000000000000000042/00000000000000000041'];
  for (const token of positions) expect(ConsistencyToken.parseValue(token)).toBe(token);
  expect(() => ConsistencyToken.parseValue('42')).toThrow();
  expect(() => ConsistencyToken.parseValue('two words')).toThrow();
  expect(() => Json.parseValue({})).toThrow();
});
