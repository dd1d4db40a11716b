import type { Clock } from '../clock';
import type { HealthCheck, HealthPart } from './health-check';
import { createProbe } from './probe';

/** The state of a process, part by part; `ready` when all parts are. */
export type Readiness = {
  readonly ready: boolean;
  /** Whether another process plays every role of this one, which only waits to take over. */
  readonly standby?: boolean | undefined;
  readonly parts: Readonly<Record<string, HealthPart>>;
};

const withStandby = (
  part: HealthPart | undefined,
  standby: HealthPart | undefined,
): HealthPart | undefined => {
  if (standby === undefined || part === undefined) return standby ?? part;
  return part.ready ? standby : { ready: false, detail: `${standby.detail}; ${part.detail}` };
};

/**
 * Collects the checks of a process. A check that fails, or takes longer than two seconds, counts as not ready; the others are
 * answered all the same.
 *
 * @param roles - the roles of this process, which name their checks.
 */
export const readinessOf = (
  checks: readonly HealthCheck[],
  roles: Iterable<string>,
  clock: Clock,
): (() => Promise<Readiness>) => {
  const probe = createProbe(clock);
  const standsBy = (role: string): boolean =>
    checks.some(({ name, standby }) => name === role && standby?.() !== undefined);
  return async () => {
    const found = await Promise.all(
      checks.map(async ({ name, check, standby }) => {
        const part = await probe(name, check);
        return { name, part: withStandby(part, standby?.()) };
      }),
    );
    const parts = found.flatMap(({ name, part }) => (part === undefined ? [] : [[name, part] as const]));
    return {
      ready: parts.every(([, { ready }]) => ready),
      standby: [...roles].every(standsBy),
      parts: Object.fromEntries(parts),
    };
  };
};
