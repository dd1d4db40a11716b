import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readListBytes } from './list-bytes';

it('a list is read whole up to a limit of its size', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'waybill-list-'));
  try {
    const file = join(directory, 'sales.csv');
    const bytes = Buffer.alloc(200_000, 'ab');
    await writeFile(file, bytes);
    expect((await readListBytes(file, bytes.length)).equals(bytes)).toBe(true);
    await expect(readListBytes(file, bytes.length - 1)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('Split it') as string,
    });
  } finally {
    await rm(directory, { recursive: true });
  }
});
