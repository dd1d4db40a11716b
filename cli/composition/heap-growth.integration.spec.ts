import { execFileSync } from 'node:child_process';
import { pathOf } from '../../tests/support/project-files';

it('a process whose heap growth is limited collects garbage before it has twice what it uses', () => {
  const output = execFileSync(
    process.execPath,
    [
      ...['-r', pathOf('tests/support/typescript-hook.js')],
      ...[pathOf('tests/support/process/churn-memory.ts'), 'limited'],
    ],
    { encoding: 'utf8' },
  );
  const { highestMib } = JSON.parse(output) as { readonly highestMib: number };
  // It uses 145 MiB at most, and 48 MiB are for young objects. Without the limit it takes 560 MiB.
  expect(highestMib).toBeLessThan(320);
});
