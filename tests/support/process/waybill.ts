import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Millis } from '../../../domain/kernel';
import { startPlatform, type Platform } from '../../../cli/composition/start-platform';
import { untilReady } from '../../../platform/health';
import { parseRoles } from '../../../cli/roles/role-names';
import { realClock, realRandom, type Clock } from '../../../platform/clock';
import { readConfig, type Environment } from '../../../platform/config';
import { createLogger } from '../../../platform/telemetry';

/** Settings with a free port for each endpoint. */
export const anyPort: Environment = {
  WAYBILL_HTTP_PORT: '0',
  WAYBILL_GRPC_PORT: '0',
  WAYBILL_WORLD_AMAZON_PORT: '0',
  WAYBILL_WORLD_UPS_PORT: '0',
  WAYBILL_CARRIER_PORT: '0',
};

const READY_WITHIN_MS = 5_000 as Millis;

/** As fast as the simulators go. */
export const topSpeed: Environment = { WAYBILL_SIMULATION_SPEED: '100000' };

export type RunningWaybill = Platform & { readonly url: string };

/** A whole Waybill of a test's own, on a data directory that goes with it. */
export class WaybillHome {
  private constructor(readonly directory: string) {}

  static async make(): Promise<WaybillHome> {
    return new WaybillHome(await mkdtemp(join(tmpdir(), 'waybill-e2e-')));
  }

  /** A data directory that exists. */
  static at(directory: string): WaybillHome {
    return new WaybillHome(directory);
  }

  async start(
    environment: Environment = topSpeed,
    roleNames: readonly string[] = [],
    clock: Clock = realClock,
  ): Promise<RunningWaybill> {
    const { config } = readConfig({
      ...anyPort,
      WAYBILL_DATA_DIR: this.directory,
      WAYBILL_LOG_LEVEL: 'error',
      ...environment,
    });
    const surroundings = { clock, random: realRandom, logger: createLogger(config.logLevel) };
    const platform = await startPlatform(config, parseRoles(roleNames), surroundings);
    // As `waybill start` greets when what it has stored is shown: a busy machine needs a moment for that.
    if (roleNames.length === 0) {
      const waiting = { clock, signal: new AbortController().signal, withinMs: READY_WITHIN_MS };
      await untilReady(platform.readiness, waiting);
    }
    return { ...platform, url: platform.addresses.http ?? '' };
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }
}
