import { readdir, readFile } from 'node:fs/promises';
import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { createPasswordHasher } from './password-hasher';

const salt = new Uint8Array(16);

const setUp = () => createPasswordHasher({ clock: realClock, random: realRandom, logger: silentLogger });
let hasher = setUp();
beforeEach(() => {
  hasher = setUp();
});
afterEach(() => hasher.close());

const NICE = 16;

/** Returns how many threads of this process have a priority below normal. */
const lowThreads = async (): Promise<number> => {
  const stats = await Promise.all(
    (await readdir('/proc/self/task')).map((thread) => readFile(`/proc/self/task/${thread}/stat`, 'utf8')),
  );
  return stats.filter((stat) => Number(stat.split(') ')[1]?.split(' ')[NICE]) > 0).length;
};

it('hashes and verifies', async () => {
  const passwordHash = await hasher.hash({ password: 'correct horse', salt });
  expect(await hasher.verify({ password: 'correct horse', passwordHash })).toBe(true);
  expect(await hasher.verify({ password: 'incorrect horse', passwordHash })).toBe(false);
});

(process.platform === 'linux' ? it : it.skip)('hashes in one thread of low priority', async () => {
  const before = await lowThreads();
  await Promise.all([1, 2, 3].map((at) => hasher.hash({ password: `correct horse ${at}`, salt })));
  expect((await lowThreads()) - before).toBe(1);
});

it('refuses a password if too many wait, and accepts the next after those', async () => {
  const crowd = Array.from({ length: 101 }, (_, at) => hasher.hash({ password: `${at}`, salt }));
  const settled = await Promise.allSettled(crowd);
  expect(settled.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'OVERLOADED' } },
  ]);
  expect(await hasher.hash({ password: 'later', salt })).toMatch(/^\$argon2id\$/);
});

it('closes without a thread, and with one', async () => {
  await hasher.close();
  await hasher.hash({ password: 'correct horse', salt });
  await hasher.close();
  await expect(hasher.hash({ password: 'later', salt })).rejects.toMatchObject({
    code: 'COMMANDS_UNAVAILABLE',
  });
});
