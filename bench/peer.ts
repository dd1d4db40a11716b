import { join } from 'node:path';

/** Loads a peer's program; the peers are installed apart from the project's own packages. */
export const loadPeer = (file: string): unknown => {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- its packages are only there when it is measured
    return require(join(__dirname, 'peers', file));
  } catch (cause) {
    throw new Error('The peers are not installed: npm ci --prefix bench/peers', { cause });
  }
};
