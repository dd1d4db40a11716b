import { fieldDifferences } from './field-differences';

it('names the innermost fields that differ', () => {
  const lines = [
    { sku: 'a', quantity: 1 },
    { sku: 'b', quantity: 2 },
  ];
  const changed = [
    { sku: 'a', quantity: 1 },
    { sku: 'b', quantity: 3 },
    { sku: 'c', quantity: 1 },
  ];
  expect(fieldDifferences({ id: 'x', status: 'PAID', lines }, { id: 'x', lines: changed })).toEqual([
    { path: 'status', actual: 'PAID', expected: undefined },
    { path: 'lines.1.quantity', actual: 2, expected: 3 },
    { path: 'lines.2', actual: undefined, expected: { sku: 'c', quantity: 1 } },
  ]);
});

it('shows a document that is absent as a whole', () => {
  expect(fieldDifferences(undefined, { id: 'x' })).toEqual([
    { path: '', actual: undefined, expected: { id: 'x' } },
  ]);
  expect(fieldDifferences({ id: 'x' }, { id: 'x' })).toEqual([]);
});
