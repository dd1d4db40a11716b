import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../../../tests/contract/event-store.contract';
import { realClock } from '../../clock';
import type { EventStore } from '../port';
import { openEmbeddedEventStore } from './index';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waybill-events-'));
});
afterAll(() => rm(directory, { recursive: true }));

const open = (): Promise<EventStore> => openEmbeddedEventStore({ directory, clock: realClock });

describe('the embedded event store', () => {
  eventStoreContract(open);
});
