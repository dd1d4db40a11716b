import type { WebhookOwner } from '../../domain/webhook-endpoints';
import { createGate, type Gate } from '../../platform/concurrency';

/** Limits of the attempts of each owner, so that one with many endpoints leaves places for others. */
export type OwnerGates = {
  /** Returns the gate of an owner, before the common one, for a lane that opens. */
  readonly open: (ownerId: WebhookOwner) => Gate;
  /** Forgets the gate when the owner's last lane closes. */
  readonly close: (ownerId: WebhookOwner) => void;
};

const WAITING_MAX = 1_000_000;

export const createOwnerGates = (limits: {
  readonly ofOwnerMax: number;
  readonly ofAllMax: number;
}): OwnerGates => {
  const common = createGate('webhooks', { concurrentMax: limits.ofAllMax, waitingMax: WAITING_MAX });
  const owners = new Map<WebhookOwner, { readonly gate: Gate; lanes: number }>();

  const gateOf = (): Gate => {
    const own = createGate('webhooks', { concurrentMax: limits.ofOwnerMax, waitingMax: WAITING_MAX });
    return { run: (work) => own.run(() => common.run(work)), running: () => own.running() };
  };

  return {
    open: (ownerId) => {
      const owner = owners.get(ownerId) ?? { gate: gateOf(), lanes: 0 };
      owners.set(ownerId, owner);
      owner.lanes += 1;
      return owner.gate;
    },
    close: (ownerId) => {
      const owner = owners.get(ownerId);
      if (owner === undefined) return;
      owner.lanes -= 1;
      if (owner.lanes === 0) owners.delete(ownerId);
    },
  };
};
