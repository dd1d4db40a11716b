import { hostname } from 'node:os';
import { uuidV7 } from '../../platform/ids';
import { createLeases, keepLease, type Keeper, type KeeperStatus, type Leases } from '../../platform/lease';
import { fenced } from '../../platform/read-models';
import type { Config } from '../../platform/config';
import type { ShutdownSequence } from './shutdown-sequence';
import type { Engines, Surroundings } from './engines';
import type { Role } from './roles';

/** Roles that one process at a time plays; further ones stand by. */
export type SingletonRole = Extract<Role, 'projections' | 'workflows' | 'world-gateway' | 'ups-gateway'>;

/** Where nobody else can come near the read models, the lease only has to be there. */
const EMBEDDED_TTL_MS = 60_000;

/** The turns of this process at those roles, each under a lease of the role's name. */
export class LeaderElection {
  private readonly keepers: Keeper[] = [];
  private readonly leases: Leases;
  private readonly holder: string;
  private readonly ttlMs: number;

  constructor(
    config: Pick<Config, 'readModels' | 'leaseSeconds'>,
    private readonly engines: Engines,
    private readonly surroundings: Surroundings,
    private readonly closers: ShutdownSequence,
  ) {
    const { clock, random } = surroundings;
    this.leases = createLeases(engines.readModels.leases, clock);
    this.holder = `${hostname()}/${process.pid}/${uuidV7(clock, random).slice(-12)}`;
    this.ttlMs = config.readModels === 'embedded' ? EMBEDDED_TTL_MS : config.leaseSeconds * 1_000;
  }

  /**
   * Plays a role whenever it is this process' turn; resolves when it is known whose it is.
   *
   * @param begin - given engines whose read models can be changed during this turn only.
   * @returns what tells what runs here right now; undefined while another process plays the role.
   */
  async take<Running extends { readonly stop: () => Promise<void> }>(
    role: SingletonRole,
    begin: (engines: Engines) => Promise<Running>,
  ): Promise<() => Running | undefined> {
    let current: Running | undefined;
    const keeper = keepLease({
      ...{ leases: this.leases, lease: role, holder: this.holder, ttlMs: this.ttlMs, ...this.surroundings },
      begin: async (term) => {
        const readModels = fenced(this.engines.readModels, term);
        const running = await begin({ ...this.engines, readModels });
        current = running;
        return {
          stop: () => {
            current = undefined;
            return running.stop();
          },
        };
      },
    });
    this.keepers.push(keeper);
    this.closers.add(role, () => keeper.stop());
    await keeper.start();
    return () => current;
  }

  status(): readonly KeeperStatus[] {
    return this.keepers.map((keeper) => keeper.status());
  }
}
