import { countries } from './index';

it('are the 249 codes of ISO 3166-1, each with a name', () => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  expect(countries.size).toBe(249);
  expect([...countries].filter((code) => names.of(code) === undefined)).toEqual([]);
  for (const code of ['CN', 'DE', 'GB', 'US']) expect(countries).toContain(code);
  for (const code of ['UK', 'EU', 'XK', 'cn', 'SU']) expect(countries).not.toContain(code);
});
