import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const COLLECTIONS_MAX = 10;
const SETTLED_MIB = 0.05;

const collectedMib = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 ** 2;
};

/** Memory in use after collections, in MiB. One is not enough: some of what other tests left is freed by a later one. */
export const heapMib = (): number => {
  let mib = collectedMib();
  for (let count = 1; count < COLLECTIONS_MAX; count += 1) {
    const before = mib;
    mib = collectedMib();
    if (Math.abs(before - mib) < SETTLED_MIB) return mib;
  }
  return mib;
};
