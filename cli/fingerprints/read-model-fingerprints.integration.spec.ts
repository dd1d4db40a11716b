import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allProjections, readModels } from '../../projections/read-models';
import { eventUpcasters } from '../composition/aggregates';
import { readModelFingerprints } from './read-model-fingerprints';

const root = join(__dirname, '../..');

describe('the fingerprints of the code of read models', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'waybill-code-'));
    for (const folder of ['domain', 'projections'])
      cpSync(join(root, folder), join(directory, folder), { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Returns the read models whose fingerprints differ from those of the present code. */
  const changed = (...options: [] | [typeof eventUpcasters]): readonly string[] => {
    const now = readModelFingerprints(allProjections);
    const then = readModelFingerprints(allProjections, directory, ...options);
    return [...now.keys()].filter((name) => then.get(name) !== now.get(name));
  };

  it('are those of all read models, and the same for the same code, wherever it is', () => {
    const found = [...readModelFingerprints(allProjections)];
    expect(found.map(([name]) => name)).toEqual(allProjections.map(({ collection }) => collection.name));
    for (const [, fingerprint] of found) expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(changed()).toEqual([]);
  });

  it('change with the declaration', () => {
    appendFileSync(join(directory, 'projections/carts.ts'), ' ');
    expect(changed()).toEqual(['carts']);
  });

  it('change with a file of a folder, and with code that other read models import', () => {
    appendFileSync(join(directory, 'projections/order-details/timeline-text.ts'), ' ');
    expect(changed()).toContain('order_details');
    expect(changed()).not.toContain('carts');
    appendFileSync(join(directory, 'projections/rating.ts'), ' ');
    expect(changed()).toEqual(expect.arrayContaining(['catalogue', 'seller_ratings']));
  });

  it('change with the code of the domain that computes a value, not with types', () => {
    appendFileSync(join(directory, 'domain/cart.ts'), ' ');
    expect(changed()).toEqual(['carts']);
    appendFileSync(join(directory, 'domain/world-link.ts'), ' ');
    expect(changed()).toEqual(['carts']);
  });

  it('change with an upcaster of an event', () => {
    const [type = ''] = Object.keys(readModels.stockLevels.handlers);
    expect(changed({ ...eventUpcasters, [type]: [(data) => data] })).toContain('stock_levels');
  });

  it('need the file that declares a read model', () => {
    renameSync(join(directory, 'projections/carts.ts'), join(directory, 'projections/trolleys.ts'));
    expect(changed).toThrow('/projections/carts is not there');
  });
});
