import { parseArgs } from 'node:util';
import { readConfig } from '../../platform/config';
import { fillFolder } from '../backup/fresh-folder';
import { restore } from '../backup/restore';
import { exitCodes, UsageError, type Command, type Invocation } from '../program/command';

const run = async ({ args, environment, terminal }: Invocation) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0) throw new UsageError('waybill restore takes one backup.');
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  const { dataDir } = config;
  const manifest = await fillFolder(dataDir, (draft) =>
    restore(folder, draft, (what) => terminal.progress(`restores ${what}`)),
  );
  if (values.json) terminal.out(JSON.stringify({ folder, dataDir, ...manifest }, undefined, 2));
  else {
    terminal.out(
      `${dataDir}: the state of ${manifest.at}, events up to position ${manifest.position ?? 'none'}`,
    );
  }
  terminal.err(
    'Start Waybill on it: the read models take in what they lack. "waybill verify" checks it first.',
  );
  return exitCodes.ok;
};

export const restoreCommand: Command = {
  name: 'restore',
  summary: 'makes a data directory of a backup',
  usage: `Usage: waybill restore FOLDER [--json]

Copies a backup into WAYBILL_DATA_DIR, which must be empty or not there (exit code 4). Each file is compared with the checksum in
the backup, and the stores are checked; the directory is complete, or is not there.

  --json  what was restored, as JSON`,
  run,
};
