/**
 * Returns how often a test that draws its cases by chance, or kills at chance, does so: as often as it takes in CI (`CI=true`),
 * a part of that elsewhere, so that `npm test` stays short.
 */
export const runs = (inCi: number, elsewhere = Math.ceil(inCi / 4)): number =>
  process.env['CI'] === 'true' ? inCi : elsewhere;
