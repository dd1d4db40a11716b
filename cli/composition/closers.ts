import type { Logger } from '../../platform/telemetry';

/** What was opened, to be let go in the opposite order; a part that fails to close does not keep the others open. */
export class Closers {
  private readonly parts: { readonly name: string; readonly close: () => Promise<unknown> }[] = [];

  constructor(private readonly logger: Logger) {}

  add(name: string, close: () => Promise<unknown>): void {
    this.parts.push({ name, close });
  }

  async closeAll(): Promise<void> {
    for (let part = this.parts.pop(); part !== undefined; part = this.parts.pop()) {
      try {
        await part.close();
      } catch (error) {
        this.logger.error({ error, part: part.name }, 'A part of the platform did not close well.');
      }
    }
  }
}
