import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '../..');

it('web/api/schema.d.ts is the schema that the pages are compiled against', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-schema-'));
  try {
    const file = join(directory, 'schema.d.ts');
    const program = join(root, 'node_modules/.bin/gql.tada');
    await promisify(execFile)(program, ['generate-output', '-c', 'web/tsconfig.json', '-o', file], {
      cwd: root,
    });
    const isCurrent =
      (await readFile(file, 'utf8')) === (await readFile(join(root, 'web/api/schema.d.ts'), 'utf8'));
    expect({ isCurrent, remedy: 'npm run gen' }).toEqual({ isCurrent: true, remedy: 'npm run gen' });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
