import { readdir, readFile } from 'node:fs/promises';
import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { eventually } from '../../tests/support/time/eventually';
import { createPasswordHasher } from './password-hasher';

const salt = new Uint8Array(16);

const setUp = () => createPasswordHasher({ clock: realClock, random: realRandom, logger: silentLogger });
let hasher = setUp();
beforeEach(() => {
  hasher = setUp();
});
afterEach(() => hasher.close());

const [PARENT, NICE] = [1, 16];

/** Returns the priorities of the child processes of this one. 0 is normal, more is lower. */
const childPriorities = async (): Promise<readonly number[]> => {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, 'utf8').catch(() => '')));
  return stats
    .map((stat) =>
      stat
        .slice(stat.lastIndexOf(') ') + 2)
        .split(' ')
        .map(Number),
    )
    .filter((fields) => fields[PARENT] === process.pid)
    .map((fields) => fields[NICE] ?? Number.NaN);
};

it('hashes and verifies', async () => {
  const passwordHash = await hasher.hash({ password: 'correct horse', salt });
  expect(await hasher.verify({ password: 'correct horse', passwordHash })).toBe(true);
  expect(await hasher.verify({ password: 'incorrect horse', passwordHash })).toBe(false);
});

(process.platform === 'linux' ? it : it.skip)('hashes in one process of low priority', async () => {
  await Promise.all([1, 2, 3].map((at) => hasher.hash({ password: `correct horse ${at}`, salt })));
  expect(await childPriorities()).toEqual([10]);
});

it('refuses a password if too many wait, and accepts the next after those', async () => {
  const crowd = Array.from({ length: 101 }, (_, at) => hasher.hash({ password: `${at}`, salt }));
  const others = Promise.allSettled(crowd.slice(0, -1));
  await expect(crowd.at(-1)).rejects.toMatchObject({ code: 'OVERLOADED' });
  await others;
  // On a busy machine some of the others were given up, and are still being hashed.
  await eventually(() =>
    hasher.hash({ password: 'later', salt }).then(
      () => true,
      () => false,
    ),
  );
});

it('closes without a process, and with one', async () => {
  await hasher.close();
  await hasher.hash({ password: 'correct horse', salt });
  await hasher.close();
  await expect(hasher.hash({ password: 'later', salt })).rejects.toMatchObject({
    code: 'COMMANDS_UNAVAILABLE',
  });
});
