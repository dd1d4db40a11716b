import type { CarrierInboundEvent } from '../../domain/carrier-inbound';
import type { CarrierInboundId } from '../../domain/kernel';
import type { Logger } from '../../platform/telemetry';
import type { Inbox } from './inbox';

export type PendingInboundDeps = {
  readonly inbox: Pick<Inbox, 'applyAgain'>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
};

/** Messages of carriers without an outcome: a crash interrupted them, or an operator retries them. */
export class PendingInbound {
  private readonly ids = new Set<CarrierInboundId>();

  constructor(private readonly deps: PendingInboundDeps) {}

  /** Starts again from the read model. */
  clear(): void {
    this.ids.clear();
  }

  add(id: CarrierInboundId): void {
    this.ids.add(id);
  }

  /** @param handlesRetries - true if this process handles retries by operators. */
  applyEvent({ type, data: { carrierInboundId: id } }: CarrierInboundEvent, handlesRetries: boolean): void {
    switch (type) {
      case 'CarrierInboundReceived':
        this.add(id);
        return;
      case 'CarrierInboundRetried':
        this.add(id);
        if (handlesRetries) this.apply(id);
        return;
      case 'CarrierInboundApplied':
      case 'CarrierInboundParked':
      case 'CarrierInboundHandled':
        this.ids.delete(id);
        return;
      case 'CarrierInboundAnswered':
    }
  }

  applyAll(): void {
    for (const id of this.ids) this.apply(id);
  }

  private apply(id: CarrierInboundId): void {
    const { inbox, logger, signal } = this.deps;
    inbox.applyAgain(id).catch((error: unknown) => {
      if (!signal.aborted) logger.error({ id, error }, 'A message of a carrier waits for a restart');
    });
  }
}
