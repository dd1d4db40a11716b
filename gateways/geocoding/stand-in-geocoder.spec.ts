import { isPlace, type PostalAddress } from '../../domain/kernel';
import { standInGeocoder } from './stand-in-geocoder';

const home: PostalAddress = {
  ...{ recipient: 'Ada', line1: '12 Harbour Street', line2: 'Flat 3', city: 'Hull', region: 'East Riding' },
  ...{ postalCode: 'HU1 1AA', country: 'GB', telephone: '+441482000000' },
};
const placeOf = (address: PostalAddress) => standInGeocoder.locate(address);

it('puts an address where it was before: the places are part of what orders mean', async () => {
  expect(await placeOf(home)).toEqual({ x: 4, y: 8 });
  const wharf = { recipient: '王小明', line1: '外滩18号', city: '上海', country: 'CN' };
  expect(await placeOf(wharf)).toEqual({ x: 2, y: 4 });
});

it.each<[string, Partial<PostalAddress>]>([
  ['capitals', { line1: '12 HARBOUR street', city: 'hull' }],
  ['blanks and punctuation', { line1: ' 12  Harbour-Street, ', postalCode: 'HU1-1AA' }],
  ['full-width letters', { city: 'Ｈｕｌｌ' }],
  ['the recipient', { recipient: 'Bob' }],
  ['the telephone number', { telephone: undefined }],
])('does not care about %s', async (_, change) =>
  expect(await placeOf({ ...home, ...change })).toEqual(await placeOf(home)),
);

it('scatters streets around the middle of their town, on the grid and near its origin', async () => {
  const streets = Array.from({ length: 200 }, (_none, number) => ({ ...home, line1: `${number} Quay` }));
  const places = (await Promise.all(streets.map(placeOf))).map((place) => place ?? { x: NaN, y: NaN });
  expect(places.every(isPlace)).toBe(true);
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBeGreaterThan(50);
  for (const axis of ['x', 'y'] as const) {
    const all = places.map((place) => place[axis]);
    expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(8);
    expect(Math.max(...all.map(Math.abs))).toBeLessThanOrEqual(20);
  }
});

it('takes texts for what they are: what a field ends with does not move into the next one', async () => {
  const one = await placeOf({ ...home, city: 'New', region: 'Port York' });
  expect(await placeOf({ ...home, city: 'York', region: 'New Port' })).not.toEqual(one);
});
