import type { Metadata, RecordedEvent, StreamName } from '../../platform/event-store';
import { parkedEvents } from '../../platform/projections';
import { openParking, type ParkedReaction } from '../../platform/reactions';
import { realClock } from '../../platform/clock';
import { warehouses, type Warehouse } from '../../projections/warehouses';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { eventually } from '../support/time/eventually';

describePages('the engine room of read models', (pages) => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await pages().enterAsAdministrator();
  });

  /** Returns the event that registered the first warehouse. */
  const registration = async (): Promise<RecordedEvent> => {
    for await (const event of pages().waybill.engines.store.readAll())
      if (event.type === 'WarehouseRegistered') return event;
    throw new Error('No warehouse is registered');
  };

  it('builds a copy, compares it, promotes it and rolls back', async () => {
    const { page } = visitor;
    const { readModels } = pages().waybill.engines;
    const { document, lastPosition: position } = (await readModels.get<Warehouse>(
      warehouses.collection,
      '1',
    ))!;
    const wrong = { document: { ...document, name: 'Nowhere' } as Warehouse, position };
    const batch = { collection: warehouses.collection, upserts: [wrong], deletes: [], position };
    await readModels.write({ ...batch, replaces: true });
    await visitor.open('/admin/engine');
    await page.getByRole('link', { name: 'warehouses', exact: true }).click();
    await page.getByText('Version 1 is shown: Live').waitFor();
    await page.getByRole('button', { name: 'Build a copy to compare' }).click();
    await page.getByRole('link', { name: 'Compare version 1 with version 2' }).click();
    await page.getByText(/1 differ/).waitFor();
    const row = page.getByRole('row', { name: /^1 Different/ });
    expect(await row.textContent()).toContain(`name: "Nowhere" ${JSON.stringify(document.name)}`);
    await visitor.keepPicture('read-model');
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Promote version 2' }).click();
    await page.getByText('Version 2 is shown: Live').waitFor();
    await page.getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByText('Version 1 is shown: Live').waitFor();
    await page.getByRole('button', { name: 'Roll back to version 2' }).click();
    await page.getByText('Version 2 is shown: Live').waitFor();
    await page.getByRole('button', { name: 'Remove version 1' }).click();
    await page.getByRole('button', { name: 'Remove version 1' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Version 2 is shown: Paused').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Version 2 is shown: Live').waitFor();
  });

  it('shows an event that a read model left out, with its reason, and replays it', async () => {
    const { page } = visitor;
    const { readModels } = pages().waybill.engines;
    const event = await registration();
    const { position } = event;
    const id = `warehouses_v2:${event.id}`;
    const parked = { id, projection: 'warehouses', version: 2, position: event.position, eventId: event.id };
    const rest = { stream: event.stream, type: event.type, reason: 'no such place', at: event.recordedAt };
    await readModels.write({
      collection: parkedEvents,
      upserts: [{ document: { ...parked, ...rest } as { id: string }, position }],
      deletes: [],
      position,
    });
    await visitor.open('/admin/engine/parked');
    const row = page.getByRole('row', { name: /no such place/ });
    expect(await row.textContent()).toContain('warehouses (version 2)');
    await visitor.keepPicture('parked-events');
    expect(await visitor.violations()).toEqual([]);
    await row.getByRole('link', { name: event.stream }).click();
    await page.getByRole('heading', { name: /^0: WarehouseRegistered/ }).waitFor();
    await page.goBack();
    await row.getByRole('button', { name: 'Replay' }).click();
    await page.getByText('Every read model has processed every event.').waitFor();
  });

  it('shows the invariants, what a check has looked at, and each breach with its stream', async () => {
    const { page } = visitor;
    const { engines } = pages().waybill;
    await visitor.open('/admin/engine');
    const part = page.getByRole('region', { name: 'Invariants' });
    const row = (id: string) => part.getByRole('row', { name: new RegExp(`^${id} `) });
    await row('V5').getByText('Not checked', { exact: true }).waitFor();
    await part.getByRole('button', { name: 'Check now' }).click();
    await row('V5').getByText('No breach found').waitFor();
    expect(await row('V5').locator('[data-title="Looked at"]').textContent()).toMatch(/^[\d,]+ streams$/);
    expect(Number(await row('V5').locator('[data-title="Up to position"]').textContent())).toBeGreaterThan(0);
    await row('V7').getByText('Not checked', { exact: true }).waitFor();
    await row('V7').getByText('waybill verify --settled').waitFor();
    await row('V6')
      .getByText(/^No breach found$/)
      .waitFor();
    // One after the other, for as long as it takes beside everything else.
    await row('V6').getByText('read models were compared').waitFor({ state: 'detached', timeout: 120_000 });
    await page.evaluate(`document.getElementById('invariants').scrollIntoView()`);
    await visitor.expectMannered('engine-invariants');

    const productId = '0198f4a0-0000-7000-8000-000000000001';
    const at = realClock.now();
    const removed = { warehouseId: 1, productId, quantity: 1, reason: 'stolen', removedAt: at };
    const ids = { $correlationId: productId, $causationId: productId };
    const stream = `stock-1-${productId}` as StreamName;
    const remove = (id: string, expected: 'no-stream' | bigint) =>
      engines.rawStore.append(stream, expected, [
        {
          ...{ id, type: 'StockRemoved', data: removed },
          metadata: { ...ids, actor: 'system:test', schema: 1 } as Metadata,
        },
      ]);
    await remove(productId, 'no-stream');
    await eventually(async () => (await part.getByText(/events were looked at|is compared/).count()) === 0);
    await part.getByRole('button', { name: 'Check now' }).press('Enter');
    await row('V4').getByText('Breached (1)').waitFor();
    await row('V4').getByText('-1 on hand after StockRemoved').waitFor();
    await part.getByLabel('Check what is new every ten seconds').check();
    await remove('0198f4a0-0000-7000-8000-000000000002', 0n);
    await row('V4').getByText('-2 on hand after StockRemoved').waitFor({ timeout: 120_000 });
    expect(await visitor.violations()).toEqual([]);
    await row('V4').getByRole('link', { name: stream }).first().click();
    await page.getByRole('heading', { name: /^0: StockRemoved/ }).waitFor();
  }, 240_000);

  it('shows a reaction that failed, with its reason, and retries it', async () => {
    const { page } = visitor;
    const { readModels } = pages().waybill.engines;
    const event = await registration();
    const failed: ParkedReaction = {
      id: `${event.id}/none`,
      event,
      workflow: 'none',
      reason: 'the printer is on fire',
      parkedAt: realClock.now(),
      retry: 'by-hand',
    };
    await (await openParking(readModels, realClock)).park(failed);
    await visitor.open('/admin/engine/parked');
    const row = page.getByRole('row', { name: /the printer is on fire/ });
    await row.getByRole('button', { name: 'Retry' }).click();
    await row.getByText('Is retried by itself').waitFor();
    expect(await visitor.violations()).toEqual([]);
  });
});
