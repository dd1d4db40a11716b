/**
 * The levels of tests. The ending of a file's name says its level; a file without one of these endings is a unit test.
 * docs/adr/0024-test-levels.md says why.
 */
const endings = {
  integration: '.integration.spec.ts',
  e2e: '.e2e.spec.ts',
  engine: '.engine.spec.ts',
};

const others = Object.values(endings);

/** The patterns of the files of each level, for jest's `testMatch`. */
const patterns = {
  unit: ['**/*.spec.ts', ...others.map((ending) => `!**/*${ending}`)],
  ...Object.fromEntries(Object.entries(endings).map(([level, ending]) => [level, [`**/*${ending}`]])),
};

/** Returns the level of a file of tests. */
const levelOf = (file) => Object.keys(endings).find((level) => file.endsWith(endings[level])) ?? 'unit';

/** Marks, before a level's ending, a file that waits for real limits or starts many processes: it takes more than fifteen seconds. */
const LONG = '.long.';

/** Whether this run has the long files: in CI, and where they are requested. */
const runsLong = Boolean(process.env.CI) || process.env.WAYBILL_TEST_LONG === 'yes';

module.exports = { endings, levelOf, LONG, patterns, runsLong };
