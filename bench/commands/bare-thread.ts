import { serveCalls } from '../../platform/worker';
import { INSERT_ROW, openBareFile } from './bare-transactions';

export type BareCalls = { readonly insert: (row: readonly unknown[]) => void };

serveCalls<BareCalls>((file: string) => {
  const database = openBareFile(file);
  const insert = database.prepare(INSERT_ROW);
  return { calls: { insert: (row) => void insert.run([...row]) }, close: () => void database.close() };
});
