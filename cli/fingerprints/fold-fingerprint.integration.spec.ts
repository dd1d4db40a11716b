import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foldFingerprint } from './fold-fingerprint';

describe('the fingerprint of the code that folds events', () => {
  let directory: string;
  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'waybill-fold-')), 'domain');
    cpSync(join(__dirname, '../..', 'domain'), directory, { recursive: true });
  });
  afterEach(() => rmSync(join(directory, '..'), { recursive: true }));

  it('is the same for the same code, wherever it is', () => {
    expect(foldFingerprint()).toMatch(/^[0-9a-f]{64}$/);
    expect(foldFingerprint(directory)).toBe(foldFingerprint());
  });

  it.each(['stock/state.ts', 'stock/events.ts', 'kernel/persistent-map.ts', 'cart.ts', 'kernel/decider.ts'])(
    'changes with %s: a fold, its upcasters, and all that they use',
    (file) => {
      appendFileSync(join(directory, file), ' ');
      expect(foldFingerprint(directory)).not.toBe(foldFingerprint());
    },
  );

  it('changes with the name of a file, and with a new one', () => {
    renameSync(join(directory, 'cart.ts'), join(directory, 'trolley.ts'));
    const renamed = foldFingerprint(directory);
    expect(renamed).not.toBe(foldFingerprint());
    writeFileSync(join(directory, 'new.ts'), '');
    expect(foldFingerprint(directory)).not.toBe(renamed);
  });

  it('does not change with a test, or with types and maps beside compiled code', () => {
    for (const name of ['cart.spec.ts', 'cart.d.ts', 'cart.js.map'])
      writeFileSync(join(directory, name), '//');
    expect(foldFingerprint(directory)).toBe(foldFingerprint());
  });
});
