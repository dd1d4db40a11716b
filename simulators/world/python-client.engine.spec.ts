import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describeOn } from '../../tests/support/process/real-engine';
import { worldSetup } from '../../tests/support/world/world-setup';

const PROGRAM = join(__dirname, '..', '..', 'ops', 'ci', 'world-client', 'client.py');
const GIVE_UP_MS = 90_000;
const PARCELS = 12;

type Seen = {
  readonly delivered: number;
  readonly statuses: readonly string[];
  readonly idleBeforeDelivered: boolean;
  readonly largestFrame: number;
};

describeOn('WAYBILL_TEST_PYTHON', 'A client in Python that reads one byte of a frame’s length', (python) => {
  const setup = worldSetup();
  const run = async (flakiness: number): Promise<Seen> => {
    const { amazonAddress, upsAddress } = await setup.start({ faults: { flakiness } });
    const ports = [amazonAddress.port, upsAddress.port, PARCELS].map(String);
    const { stdout } = await promisify(execFile)(python, [PROGRAM, ...ports], { timeout: GIVE_UP_MS });
    return JSON.parse(stdout) as Seen;
  };

  it(
    'delivers its packages, and gets each delivery before its truck is idle',
    async () => {
      expect(await run(0)).toMatchObject({
        delivered: PARCELS,
        statuses: ['ARRIVE WAREHOUSE', 'IDLE'],
        idleBeforeDelivered: false,
      });
    },
    GIVE_UP_MS,
  );

  it(
    'brings them there over lines that lose four in ten, in frames that it can read',
    async () => {
      const { delivered, largestFrame } = await run(40);
      expect(delivered).toBe(PARCELS);
      expect(largestFrame).toBeLessThan(128);
    },
    GIVE_UP_MS,
  );
});
