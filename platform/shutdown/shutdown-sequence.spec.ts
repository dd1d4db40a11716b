import type { Millis } from '../../domain/kernel';
import { createLogger } from '../telemetry';
import { createVirtualClock } from '../../tests/support/time/virtual-clock';
import { ShutdownSequence } from './shutdown-sequence';

/** A part and how long it takes to close. */
type Part = readonly [name: string, closesAfterMs: number];

/** @returns when each part was closed, when the sequence ended, and what it logged. */
const closing = async (...parts: readonly Part[]) => {
  const clock = createVirtualClock();
  const told: (readonly [string, number])[] = [];
  let said = '';
  const logger = createLogger('error', { write: (line) => void (said += line) });
  const closers = new ShutdownSequence(clock, logger);
  for (const [name, closesAfterMs] of parts)
    closers.add(name, () => {
      told.push([name, clock.monotonicMs()]);
      return clock.sleep(closesAfterMs as Millis);
    });
  await clock.drive(closers.closeAll());
  return { told, overAtMs: clock.monotonicMs(), said };
};

describe('the shutdown sequence', () => {
  it('closes each part after those that were opened later', async () => {
    const { told, overAtMs, said } = await closing(['engine', 5], ['workflows', 20], ['door', 10]);
    expect(told).toEqual([
      ['door', 0],
      ['workflows', 10],
      ['engine', 30],
    ]);
    expect({ overAtMs, said }).toEqual({ overAtMs: 35, said: '' });
  });

  it('ends within eight seconds, and logs the parts that have not ended', async () => {
    const parts = ['engine', 'workflows', 'gateway', 'door'].map((name): Part => [name, 60_000]);
    const { told, overAtMs, said } = await closing(...parts, ['quick', 0]);
    expect(told.map(([name]) => name)).toEqual(['quick', 'door', 'gateway', 'workflows', 'engine']);
    expect(overAtMs).toBeLessThan(8_000);
    expect(said).toContain('"parts":["door","gateway","workflows","engine"]');
  });

  it('leaves time for the others when one does not end', async () => {
    const { told, said } = await closing(['engine', 400], ['lease', 400], ['door', 60_000]);
    expect(told.map(([name]) => name)).toEqual(['door', 'lease', 'engine']);
    expect(said).toContain('"parts":["door"]');
  });

  it('continues when a part fails to close', async () => {
    const clock = createVirtualClock();
    const closed: string[] = [];
    let said = '';
    const closers = new ShutdownSequence(
      clock,
      createLogger('error', { write: (line) => void (said += line) }),
    );
    closers.add('engine', async () => void closed.push('engine'));
    closers.add('door', () => Promise.reject(new Error('stuck')));
    await clock.drive(closers.closeAll());
    expect(closed).toEqual(['engine']);
    expect(said).toContain('stuck');
  });
});
