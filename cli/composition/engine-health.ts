import type { HealthCheck, HealthPart } from '../../platform/health';
import { freeBytes } from '../../platform/data-directory';
import { accounts } from '../../projections/accounts';
import type { Engines } from './engines';

const MIB = 1024 * 1024;
/** With less free space, the next commit may fail. */
const DISK_BYTES_MIN = 8 * MIB;

/** The id of no person: the question is only whether the store answers. */
export const NO_PERSON = 'health';

const ok: HealthPart = { ready: true };

/** Without space reads still succeed, but every command is refused. */
const diskPart = async (directory: string): Promise<HealthPart> =>
  (await freeBytes(directory)) >= DISK_BYTES_MIN
    ? ok
    : {
        ready: false,
        detail: `The disk of WAYBILL_DATA_DIR is full, or nearly: commands may be refused until ${DISK_BYTES_MIN / MIB} MiB are free.`,
      };

/** Returns checks that each of the engines answers, and that the disk of the embedded ones has space. */
export const engineHealth = ({
  store,
  remoteStore,
  readModels,
  personKeys,
  bus,
  files,
  directory,
}: Pick<
  Engines,
  'store' | 'remoteStore' | 'readModels' | 'personKeys' | 'bus' | 'files' | 'directory'
>): readonly HealthCheck[] => [
  { name: 'disk', check: () => (directory === undefined ? undefined : diskPart(directory)) },
  {
    name: 'eventStore',
    check: async () => {
      await store.head();
      // A server refuses writes for want of space, and answers reads.
      const health = remoteStore?.health();
      return health === undefined || health.isUp ? ok : { ready: false, detail: health.reason };
    },
  },
  {
    name: 'readModels',
    check: async () => {
      await readModels.checkpoint(accounts.collection);
      return ok;
    },
  },
  {
    // Without the keys nothing personal can be read or stored.
    name: 'personKeys',
    check: async () => {
      await personKeys.find([NO_PERSON]);
      return ok;
    },
  },
  {
    name: 'files',
    check: async () => {
      await files.check();
      return ok;
    },
  },
  {
    name: 'bus',
    check: () =>
      bus.healthy()
        ? ok
        : { ready: false, detail: 'NATS (WAYBILL_BUS) cannot be reached; the log says why.' },
  },
];
