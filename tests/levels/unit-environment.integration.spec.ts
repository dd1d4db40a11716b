import { spawnSync } from 'node:child_process';
import { pathOf } from '../support/project-files';

type Result = {
  readonly title: string;
  readonly status: 'passed' | 'failed';
  readonly failureMessages: readonly string[];
};

type Run = { readonly testResults: readonly { readonly assertionResults: readonly Result[] }[] };

it('fails a unit test that connects, listens, writes, opens a database, or starts a process or a thread', () => {
  const jest = ['node_modules/jest/bin/jest.js', '--selectProjects', 'unit', '--json', '--silent'];
  const { stdout } = spawnSync(process.execPath, [...jest, '--testMatch', '**/breaches.fixture.ts'], {
    cwd: pathOf('.'),
    encoding: 'utf8',
  });
  const results = (JSON.parse(stdout) as Run).testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = results.filter(({ failureMessages }) =>
    failureMessages.some((message) => message.includes('A unit test ')),
  );
  expect(failed).toHaveLength(results.length - 1);
  expect(results.filter(({ status }) => status === 'passed').map(({ title }) => title)).toEqual([
    'reads a file',
  ]);
});
