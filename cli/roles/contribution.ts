import type { HealthCheck } from '../../platform/health';
import type { ShutdownSequence, ShutdownStep } from '../../platform/shutdown';
import type { Gauge } from '../../platform/telemetry';

/** The health checks, metrics and closing that a role or another part of the platform adds to its process. */
export type Contribution = {
  readonly health?: readonly HealthCheck[];
  /** Read at each scrape. Counters and timers are registered by the code that uses them. */
  readonly metrics?: readonly Gauge[];
  /** In the order of opening; the shutdown runs them in the opposite order. */
  readonly stop?: readonly ShutdownStep[];
};

/** Collects what the parts of a process contribute, as they start. */
export class Contributions {
  readonly health: HealthCheck[] = [];
  readonly metrics: Gauge[] = [];

  constructor(private readonly shutdown: ShutdownSequence) {}

  add<Part extends Contribution>(part: Part): Part {
    this.health.push(...(part.health ?? []));
    this.metrics.push(...(part.metrics ?? []));
    part.stop?.forEach(({ name, close }) => this.shutdown.add(name, close));
    return part;
  }
}
