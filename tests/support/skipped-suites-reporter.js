const { relative } = require('node:path');

/** Says at the end of a run which suites of real engines it left out, and how to run them. */
class SkippedSuitesReporter {
  onRunComplete(_contexts, { testResults }) {
    const skipped = testResults
      .filter(({ testResults: tests }) =>
        tests.some(({ status, title }) => status === 'pending' && title.startsWith('needs WAYBILL_TEST_')),
      )
      .map(({ testFilePath }) => relative(process.cwd(), testFilePath))
      .sort();
    if (skipped.length === 0) return;
    console.error('\nSkipped, because they need servers that were not named:');
    for (const path of skipped) console.error(`  ${path}`);
    console.error('To run them: ops/ci/install once, then npm run test:int');
  }
}

module.exports = SkippedSuitesReporter;
