import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { invariants } from '../../cli/verify';

it('lists the invariants in the words that the check of a running platform shows', () => {
  const page = readFileSync(join(__dirname, '../../docs/reference/invariants.md'), 'utf8');
  const [list = ''] = page.split('## After a breach');
  const rows = [...list.matchAll(/^\| (V\d+) \| (.+?) \| .+ \|$/gm)].map(([, id, statement = '']) => [
    id,
    statement.replaceAll(/\[(.+?)\]\(.+?\)/g, '$1').replaceAll("'", '’'),
  ]);
  expect(Object.fromEntries(rows)).toEqual(invariants);
});
