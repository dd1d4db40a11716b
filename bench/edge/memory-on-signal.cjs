'use strict';
// Loaded into the measured process: on SIGUSR2 it collects garbage and says on standard error what memory is in use.
process.on('SIGUSR2', () => {
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.stderr.write(`memory ${JSON.stringify({ rss, inUse: heapUsed + external })}\n`);
});
