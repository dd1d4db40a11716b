import { useOneByOne, type Each } from '../ui/one-by-one';
import { importRow } from './import-row';
import type { ListRow } from './product-list';
import { useImportCommands } from './use-import-commands';

/** The outcome of a row of a list. */
export type RowResult = Each<'new' | 'changed'>;

/** Imports rows one after another, with the result of each by its line. */
export const useImport = () => {
  const commandsOfRun = useImportCommands();
  const each = useOneByOne<number, 'new' | 'changed'>();
  const run = (rows: readonly ListRow[]): Promise<void> => {
    const commands = commandsOfRun();
    return each.run(
      rows,
      ({ line }) => line,
      (row) => importRow(row, commands),
    );
  };
  return { ...each, run };
};
