import { atMost, type Clock } from '../../platform/clock';
import type { Logger } from '../../platform/telemetry';

type Part = { readonly name: string; readonly close: () => Promise<unknown> };

/** For all parts together; what supervises processes commonly waits for ten seconds. */
const CLOSE_WITHIN_MS = 8_000;

/**
 * What was opened, to be let go in the opposite order, within eight seconds: a part that fails to close, or does not end,
 * does not keep the others open.
 */
export class ShutdownSequence {
  private readonly parts: Part[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  add(name: string, close: Part['close']): void {
    this.parts.push({ name, close });
  }

  async closeAll(): Promise<void> {
    const endMs = this.clock.monotonicMs() + CLOSE_WITHIN_MS;
    const late: string[] = [];
    for (let part = this.parts.pop(); part !== undefined; part = this.parts.pop()) {
      // Half of what is left, so that there is some for each of the others.
      const limitMs = (endMs - this.clock.monotonicMs()) / 2;
      if (!(await this.hasEnded(part, limitMs))) late.push(part.name);
    }
    if (late.length > 0) this.logger.error({ parts: late }, 'Parts of the platform did not end in time');
  }

  /** @returns whether it did in time, well or not. */
  private async hasEnded({ name, close }: Part, limitMs: number): Promise<boolean> {
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
