const { relative } = require('node:path');
const { runsLong } = require('../levels/levels.js');

const NEEDS = 'needs ';

/** Says at the end of a run which suites it left out, and how to run them. */
class SkippedSuitesReporter {
  constructor({ testPathPatterns }) {
    this.isWhole = testPathPatterns.patterns.length === 0;
  }

  onRunComplete(_contexts, { testResults }) {
    if (this.isWhole && !runsLong)
      console.error('\nLeft out: suites that take long, *.long.*. To run them: npm run test:long');
    const skipped = testResults.flatMap(({ testResults: tests, testFilePath }) =>
      tests
        .filter(({ status, title }) => status === 'pending' && title.startsWith(NEEDS))
        .map(({ title }) => `${relative(process.cwd(), testFilePath)} ${title}`),
    );
    if (skipped.length === 0) return;
    console.error('\nSkipped, because something that they need is not there:');
    for (const suite of [...new Set(skipped)].sort()) console.error(`  ${suite}`);
    console.error('To run those with WAYBILL_TEST_…: ops/ci/install once, then npm run test:engine');
  }
}

module.exports = SkippedSuitesReporter;
