import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory in use after a collection, in MiB. */
export const heapMib = (): number => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1024 ** 2;
};
