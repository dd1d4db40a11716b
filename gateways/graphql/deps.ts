import type { Access } from './access/access';
import type { FastifyPluginAsync } from 'fastify';
import type { Registry } from 'prom-client';
import type { CommandClient } from '../../commands';
import type { Instant, Millis } from '../../domain/kernel';
import type { Bus } from '../../platform/bus';
import type { Clock, Random } from '../../platform/clock';
import type { ShownSetting } from '../../platform/config';
import type { EventStore, Position } from '../../platform/event-store';
import type { FileStore } from '../../platform/files';
import type { Readiness } from '../../platform/health';
import type { CopyComparison, Operations, ProjectionStatus } from '../../platform/projections';
import type { Logger } from '../../platform/telemetry';
import type { ReconcilePayments } from '../payments';
import type { Limits } from './operations/limits';
import type { Readers } from './readers/readers';
import type { TokenSettings } from './access/tokens';
import type { TrustedDocuments } from './operations/trusted-documents';

/** The position of a read model, and the progress of its rebuild if one runs. */
export type ProjectionReport = {
  readonly name: string;
  readonly version: number;
  readonly position: Position | null;
  readonly head: Position | null;
  readonly lagEvents: number;
  readonly lagSeconds: number;
  readonly status: ProjectionStatus['status'];
  /** Further facts about the copy that is shown, in a sentence. */
  readonly detail: string | null;
  readonly rebuild: ProjectionStatus['rebuild'];
};

/** The faults of the connection to a simulated World: chances in percent, and a delay in milliseconds. */
export type WorldFaults = {
  readonly flakiness: number;
  readonly duplicate: number;
  readonly reorder: number;
  readonly delayMsMax: number;
  readonly disconnect: number;
};

/** A World simulator that staff may observe and whose connection they may disturb. */
export type SimulatedWorld = {
  readonly setFaults: (faults: Partial<WorldFaults>) => void;
  readonly stats: () => {
    readonly faults: WorldFaults;
    readonly counters: { readonly repeated: number; readonly acted: number };
  };
};

/** An invariant with what is known of it. */
export type InvariantReport = {
  readonly id: string;
  /** The invariant in words. */
  readonly statement: string;
  /** The time of the last check; null where it was not checked. */
  readonly checkedAt: Instant | null;
  /** Everything up to here was looked at. */
  readonly position: Position | null;
  readonly lookedAt: number;
  readonly unit: 'streams' | 'documents';
  /** A remark on what was not looked at, with the reason. */
  readonly note: string | null;
  readonly breachCount: number;
  /** The first breaches. */
  readonly breaches: readonly {
    readonly subject: string;
    readonly detail: string;
    readonly isStream: boolean;
  }[];
};

/** The check of the invariants while the platform runs. */
export type Invariants = {
  /** Begins a check on the side, unless one runs. */
  readonly check: () => void;
  readonly report: () => {
    /** Null while no check runs. */
    readonly progress: string | null;
    readonly failure: string | null;
    readonly invariants: readonly InvariantReport[];
  };
};

/** All that the edge needs of the rest of the platform. */
export type EdgeDeps = {
  readonly commands: CommandClient;
  readonly readers: Readers;
  /**
   * Waits until these read models include everything up to `position`.
   *
   * @param readModels - names of collections, without their versions.
   * @returns false if they do not within the time.
   */
  readonly waitFor: (readModels: readonly string[], position: Position, withinMs: Millis) => Promise<boolean>;
  readonly changes: Pick<Bus, 'onChange'>;
  readonly events: Pick<EventStore, 'read' | 'readAll' | 'head'>;
  /** Absent where the World runs elsewhere. */
  readonly simulatedWorld?: SimulatedWorld | undefined;
  readonly settings: readonly ShownSetting[];
  readonly projections: () => Promise<readonly ProjectionReport[]>;
  /** The operations on the copies of read models. */
  readonly operations: Operations;
  /** Compares the two copies of a read model, for some seconds; undefined where there is no other copy. */
  readonly diffReadModel: (name: string) => Promise<CopyComparison | undefined>;
  readonly invariants: Invariants;
  /** Compares the statement of the payment provider for a day with the books. */
  readonly reconcilePayments: ReconcilePayments;
  /** Lets a parked reaction be retried. @returns false if there is none of this id. */
  readonly retryReaction: (id: string) => Promise<boolean>;
  /** Uploaded pictures. */
  readonly files: FileStore;
  readonly readiness: () => Promise<Readiness>;
  readonly trustedDocuments: TrustedDocuments;
  /** Finds what viewers may do now. Default: by the roles that the read models show. */
  readonly access?: Access | undefined;
  readonly tokens: TokenSettings;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** The limits that differ from `defaultLimits`. */
  readonly limits?: Partial<Limits>;
  /** Whether the client's address is taken from `X-Forwarded-For`: only behind a proxy of one's own. */
  readonly trustProxy?: boolean;
  /** Origins whose pages may talk to this server besides its own; `*` for every one. */
  readonly allowedOrigins?: readonly string[];
  /** Routes of other gateways on the same server, e.g. carriers' webhooks. */
  readonly plugins?: readonly FastifyPluginAsync[];
};
