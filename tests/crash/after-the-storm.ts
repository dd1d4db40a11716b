import { realClock, realRandom } from '../../platform/clock';
import { readConfig } from '../../platform/config';
import { silentLogger } from '../../platform/telemetry';
import { openEngines } from '../../cli/composition/engines';
import { allProjections } from '../../projections/read-models';
import { verify, type AckedFact, type VerifyReport } from '../../cli/verify';
import type { StormReport } from './storm';

export type Aftermath = {
  readonly report: VerifyReport;
  /** The orders of which the customers got no answer; each except a customer's last one would be a duplicate. */
  readonly unheardOf: readonly string[];
  readonly unfulfilled: readonly string[];
  readonly doubledAcks: readonly string[];
};

const promise = ({ orderId, key, productId, quantity }: StormReport['acked'][number]): AckedFact => ({
  stream: `order-${orderId}`,
  type: 'OrderPlaced',
  note: key,
  matches: ({ data }) => {
    const { lines } = data as { readonly lines: readonly { productId: string; quantity: number }[] };
    return lines.length === 1 && lines[0]?.productId === productId && lines[0].quantity === quantity;
  },
});

/** Compares the stored events with the customers' answers, and checks every invariant. */
export const lookAfterwards = async ({
  directory,
  environment,
  acked,
  shown,
}: Omit<StormReport, 'remove'>): Promise<Aftermath> => {
  const { config } = readConfig({ ...environment, WAYBILL_DATA_DIR: directory });
  const surroundings = { clock: realClock, random: realRandom, logger: silentLogger };
  const engines = await openEngines(config, directory, surroundings);
  try {
    const deps = { ...engines, clock: realClock, projections: allProjections };
    const report = await verify(deps, { settled: true, acked: acked.map(promise) });
    const told = new Set(acked.map(({ orderId }) => orderId));
    return {
      report,
      unheardOf: shown.flatMap(({ id }) => (told.has(id) ? [] : [id])),
      unfulfilled: shown.flatMap(({ id, status }) => (status === 'FULFILLED' ? [] : [id])),
      doubledAcks: told.size === acked.length ? [] : acked.map(({ orderId, key }) => `${key}: ${orderId}`),
    };
  } finally {
    await engines.close();
  }
};
