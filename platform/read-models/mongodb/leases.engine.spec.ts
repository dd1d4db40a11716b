import { randomUUID } from 'node:crypto';
import { MongoClient, type CommandStartedEvent } from 'mongodb';
import { describeOn } from '../../../tests/support/process/real-engine';
import { MongoLeaseRecords } from './leases';

describeOn('WAYBILL_TEST_MONGODB', 'the leases in MongoDB', (server) => {
  it('are read as a fail-over leaves them', async () => {
    const client = new MongoClient(server, { monitorCommands: true });
    const reads: unknown[] = [];
    client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      if (commandName === 'find') reads.push(command['readConcern']);
    });
    try {
      const records = new MongoLeaseRecords(client.db(`leases-${randomUUID()}`), (call) => call());
      expect(await records.latest('projections')).toBeUndefined();
      await expect(records.check({ lease: 'projections', token: 1 })).rejects.toMatchObject({
        code: 'LEASE_LOST',
      });
    } finally {
      await client.close();
    }
    expect(reads).toEqual([1, 2, 3].map(() => ({ level: 'majority' })));
  });
});
