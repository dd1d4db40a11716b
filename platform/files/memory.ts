import { demandIntact, type FileName, type FileStore } from './file-store';

/** Keeps files in memory, for tests. */
export const memoryFileStore = (): FileStore & { readonly damage: (name: FileName) => void } => {
  const files = new Map<FileName, Buffer>();
  return {
    put: async (name, bytes) => {
      await Promise.resolve();
      demandIntact(name, bytes);
      files.set(name, Buffer.from(bytes));
    },
    get: async (name) => {
      await Promise.resolve();
      const bytes = files.get(name);
      if (bytes !== undefined) demandIntact(name, bytes);
      return bytes;
    },
    remove: (name) => {
      files.delete(name);
      return Promise.resolve();
    },
    check: () => Promise.resolve(),
    damage: (name) => {
      files.set(name, Buffer.from('something else'));
    },
  };
};
