import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { backUp } from '../backup/back-up';
import { fillFolder } from '../backup/fresh-folder';
import { exitCodes, UsageError, type Command, type Invocation } from '../program/command';
import { keysUrlOf } from '../composition/personal-data';
import { realRuntime } from '../program/runtime';

const folderOf = (args: readonly string[]) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [folder, ...rest] = positionals;
  if (folder === undefined || rest.length > 0) throw new UsageError('waybill backup takes one folder.');
  return { folder, isJson: values.json };
};

const demandEmbedded = ({ eventStore }: Config): void => {
  if (eventStore !== 'embedded')
    throw new Fault(
      'CONFIG_INVALID',
      'WAYBILL_EVENT_STORE names a server: back it up by its own tools, or export the history with waybill events export.',
    );
};

const run = async ({ args, environment, terminal }: Invocation) => {
  const { folder, isJson } = folderOf(args);
  const { config, warnings } = readConfig(environment);
  warnings.forEach((warning) => terminal.err(`warning: ${warning}`));
  demandEmbedded(config);
  const manifest = await fillFolder(folder, (draft) =>
    backUp(config.dataDir, draft, realRuntime(config), (what) => terminal.progress(`copies ${what}`)),
  );
  if (isJson) terminal.out(JSON.stringify({ folder, ...manifest }, undefined, 2));
  else {
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    terminal.out(`${folder}: ${manifest.files.length} files, ${Math.ceil(bytes / 1024)} KiB`);
    terminal.out(`events up to position ${manifest.position ?? 'none'}`);
    terminal.out(`read models up to position ${manifest.readModels ?? 'none'}`);
  }
  if (keysUrlOf(config) !== 'embedded')
    terminal.err(
      'warning: The keys of personal data are in MongoDB and not in this backup. Dump the collection person_keys now, and keep it with the backup: without it all sealed personal data is lost.',
    );
  if (config.files !== 'embedded')
    terminal.err(
      'warning: Uploaded pictures are where WAYBILL_FILES says and not in this backup. Copy them too, after the backup and before old ones are removed.',
    );
  terminal.err('The backup holds secrets and hashes of passwords: keep it as secret as the data directory.');
  return exitCodes.ok;
};

export const backupCommand: Command = {
  name: 'backup',
  summary: 'copies the data directory while Waybill runs',
  usage: `Usage: waybill backup FOLDER [--json]

Copies the embedded stores, the secrets and the simulators' files into a new folder, beside a running Waybill or without one. Each
store is copied as of one moment; the read models come first, so they may be behind the events and are never ahead. The folder is
complete, or is not there. "waybill restore" makes a data directory of it. Keys of personal data that are in MongoDB are not copied:
a warning says so.

  --json  what was copied, as JSON`,
  run,
};
