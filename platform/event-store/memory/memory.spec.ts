import { eventStoreContract } from '../../../tests/contract/event-store.contract';
import { realClock } from '../../clock';
import { memoryEventStore } from './index';

describe('the event store in memory', () => {
  eventStoreContract(() => Promise.resolve(memoryEventStore(realClock)));
});
