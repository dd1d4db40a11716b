import type { Millis } from '../../domain/kernel';
import type { Clock } from '../clock';
import { singleFlight } from '../concurrency';
import { answeredWithin } from './answered-within';
import type { HealthCheck, HealthPart } from './health-check';

const PART_WITHIN_MS = 2_000 as Millis;
/** A check that has not returned is started again only after this time. */
const CHECK_AGAIN_AFTER_MS = 10_000 as Millis;

/** Runs a check and returns its result. A check that throws or is late is not ready. */
export type Probe = (name: string, check: HealthCheck['check']) => Promise<HealthPart | undefined>;

/** Runs each check once at a time, so that probes do not pile up on an engine that is slow. */
export const createProbe = (clock: Clock): Probe => {
  const once = singleFlight<HealthPart | undefined>();
  return async (name, check) => {
    try {
      const run = async (): Promise<HealthPart | undefined> => check();
      const checking = () => once(name, () => answeredWithin(CHECK_AGAIN_AFTER_MS, run, clock));
      return await answeredWithin(PART_WITHIN_MS, checking, clock);
    } catch (error) {
      return { ready: false, detail: error instanceof Error ? error.message : String(error) };
    }
  };
};
