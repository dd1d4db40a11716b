import { busContract } from '../../../tests/contract/bus.contract';
import { describeOn } from '../../../tests/support/process/real-engine';
import { realClock, realRandom } from '../../clock';
import { openNatsBus } from './index';

describeOn('WAYBILL_TEST_NATS', 'the bus over NATS', (url) => {
  busContract(() =>
    openNatsBus({
      url,
      clock: realClock,
      random: realRandom,
      limits: { redelivery: { baseMs: 5, factor: 2, maxMs: 20 } },
    }),
  );
});
