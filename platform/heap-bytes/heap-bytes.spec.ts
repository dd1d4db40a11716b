import { heapMib } from '../../tests/support/time/heap';
import { heapBytesOf } from './index';

it.each([
  ['text', 'x'.repeat(1_000), 1_000],
  ['a list', Array.from({ length: 100 }, (_, index) => index), 1_600],
  ['a map', new Map([['x'.repeat(500), new Set(['y'.repeat(500)])]]), 1_000],
  ['an object in an object', { a: { b: { c: 'x'.repeat(1_000) } } }, 1_000],
  ['bytes', new Uint8Array(5_000), 5_000],
  ['nothing', undefined, 8],
])('the memory of %s is that of its content', (_, value, bytes) => {
  expect(heapBytesOf(value)).toBeGreaterThanOrEqual(bytes);
  expect(heapBytesOf(value)).toBeLessThan(bytes + 300);
});

it('is near to what V8 needs for documents', () => {
  const documents = Array.from({ length: 20_000 }, (_, index) => ({
    id: `document ${index}`,
    price: { amountMinor: index, currency: 'GBP' },
    timeline: Array.from({ length: 5 }, (__, entry) => ({ type: `event ${entry}`, at: `${index} o'clock` })),
  }));
  const before = heapMib();
  const copies = documents.map((document) => JSON.parse(JSON.stringify(document)) as object);
  const neededMib = heapMib() - before;
  const estimatedMib = copies.reduce((sum, copy) => sum + heapBytesOf(copy), 0) / 1024 ** 2;
  // A use of the originals after the measurement: without it they could be collected during it.
  expect(copies).toHaveLength(documents.length);
  expect(estimatedMib / neededMib).toBeGreaterThan(0.6);
  expect(estimatedMib / neededMib).toBeLessThan(1.7);
});
