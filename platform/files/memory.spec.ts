import { fileStoreContract } from '../../tests/contract/file-store.contract';
import { memoryFileStore } from './memory';

const opened: ReturnType<typeof memoryFileStore>[] = [];

fileStoreContract(
  () => {
    opened.push(memoryFileStore());
    return Promise.resolve(opened.at(-1) ?? memoryFileStore());
  },
  (name) => {
    opened.at(-1)?.damage(name);
    return Promise.resolve();
  },
);
