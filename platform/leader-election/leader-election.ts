import { hostname } from 'node:os';
import type { Clock, Random } from '../clock';
import type { HealthPart } from '../health';
import { uuidV7 } from '../ids';
import { createLeases, keepLease, type Keeper, type Leases } from '../lease';
import { fenced, type ReadModels } from '../read-models';
import type { Gauge, Logger } from '../telemetry';

export type LeaderElectionOptions = {
  readonly readModels: ReadModels;
  /** The time for which a lease lasts without a renewal, in milliseconds. */
  readonly ttlMs: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

/** A role that one process at a time plays, as this process takes part in it. */
export type ElectedRole<Running> = {
  /** Returns what runs here now; undefined while another process plays the role. */
  readonly current: () => Running | undefined;
  /** Says who plays the role while this process stands by; undefined while this process plays it. */
  readonly standby: () => HealthPart | undefined;
  readonly metrics: readonly Gauge[];
  /** Stops what runs here, then gives the lease back. */
  readonly stop: () => Promise<void>;
};

const standbyOf = (keeper: Keeper): HealthPart | undefined => {
  const { state, holder } = keeper.status();
  if (state !== 'standby') return undefined;
  const by = holder === undefined ? 'no process is known to have it' : `${holder} has it`;
  return { ready: true, detail: `standby: ${by}` };
};

const gaugesOf = (keeper: Keeper): readonly Gauge[] => {
  const reading = (value: number) => [{ labels: { lease: keeper.status().lease }, value }];
  return [
    {
      name: 'waybill_lease_held',
      help: 'Whether this process plays a role that one process at a time plays (1), or stands by for it (0).',
      labelNames: ['lease'],
      read: () => reading(keeper.status().state === 'holding' ? 1 : 0),
    },
    {
      name: 'waybill_lease_terms',
      help: 'How often this process has taken over such a role since it started.',
      labelNames: ['lease'],
      read: () => reading(keeper.status().terms),
    },
  ];
};

/** Decides between processes which of them plays a role: the one that has the lease of the role's name. */
export class LeaderElection {
  private readonly leases: Leases;
  private readonly holder: string;

  constructor(private readonly options: LeaderElectionOptions) {
    const { readModels, clock, random } = options;
    this.leases = createLeases(readModels.leases, clock);
    this.holder = `${hostname()}/${process.pid}/${uuidV7(clock, random).slice(-12)}`;
  }

  /**
   * Plays a role whenever this process has its lease. Resolves when it is known which process has it.
   *
   * @param begin - is given read models that can be written only for as long as the lease is held.
   * @throws what `begin` throws, where it will not pass by itself.
   */
  async play<Running extends { readonly stop: () => Promise<void> }>(
    role: string,
    begin: (readModels: ReadModels) => Promise<Running>,
  ): Promise<ElectedRole<Running>> {
    const { readModels, ttlMs, clock, random, logger } = this.options;
    let current: Running | undefined;
    const keeper = keepLease({
      leases: this.leases,
      lease: role,
      holder: this.holder,
      ttlMs,
      clock,
      random,
      logger,
      begin: async (term) => {
        const running = await begin(fenced(readModels, term));
        current = running;
        return {
          stop: () => {
            current = undefined;
            return running.stop();
          },
        };
      },
    });
    try {
      await keeper.start();
    } catch (error) {
      await keeper.stop();
      throw error;
    }
    return {
      current: () => current,
      standby: () => standbyOf(keeper),
      metrics: gaugesOf(keeper),
      stop: () => keeper.stop(),
    };
  }
}
