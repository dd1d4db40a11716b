import { atMost, type Clock } from '../clock';
import type { Logger } from '../telemetry';

/** Something that was opened, and how to close it. */
export type ShutdownStep = { readonly name: string; readonly close: () => Promise<unknown> };

/** For all steps together; process supervisors commonly wait for ten seconds. */
const CLOSE_WITHIN_MS = 8_000;

/**
 * Closes what was opened, in the opposite order and within eight seconds. A step that fails, or does not end, does not keep the
 * others open.
 */
export class ShutdownSequence {
  private readonly steps: ShutdownStep[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  add(name: string, close: ShutdownStep['close']): void {
    this.steps.push({ name, close });
  }

  async closeAll(): Promise<void> {
    const endMs = this.clock.monotonicMs() + CLOSE_WITHIN_MS;
    const late: string[] = [];
    for (let step = this.steps.pop(); step !== undefined; step = this.steps.pop()) {
      // Half of the time that is left, so that the other steps have some.
      const limitMs = (endMs - this.clock.monotonicMs()) / 2;
      if (!(await this.hasEnded(step, limitMs))) late.push(step.name);
    }
    if (late.length > 0) this.logger.error({ parts: late }, 'Parts of the platform did not end in time');
  }

  /** @returns whether the step ended in time, well or not. */
  private async hasEnded({ name, close }: ShutdownStep, limitMs: number): Promise<boolean> {
    let ended = false;
    const closing = close()
      .catch((error: unknown) =>
        this.logger.error({ error, part: name }, 'A part of the platform did not close well.'),
      )
      .finally(() => (ended = true));
    await atMost(this.clock, limitMs, closing);
    return ended;
  }
}
