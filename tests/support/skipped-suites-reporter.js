const { relative } = require('node:path');

const NEEDS = 'needs ';

/** Says at the end of a run which suites it left out for want of a server or of a right, and how to run them. */
class SkippedSuitesReporter {
  onRunComplete(_contexts, { testResults }) {
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
