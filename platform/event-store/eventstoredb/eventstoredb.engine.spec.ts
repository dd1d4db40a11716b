import { eventStoreContract } from '../../../tests/contract/event-store.contract';
import { describeOn } from '../../../tests/support/process/real-engine';
import { realClock, realRandom } from '../../clock';
import { openEventStoreDb } from './index';

describeOn('WAYBILL_TEST_EVENTSTORE', 'EventStoreDB through the port', (connectionString) => {
  eventStoreContract(() => openEventStoreDb({ connectionString, clock: realClock, random: realRandom }), {
    tombstonedEvents: 'removed-or-kept',
  });
});
