import { limitHeapGrowth } from '../../../cli/composition/heap-growth';

const MIB = 1024 ** 2;
const KEPT = 600_000;
const PIECES = 400;
const PIECE = 20_000;
const RING = 30;

type Thing = { readonly number: number; readonly more: { readonly text: string } };

const things = (count: number): readonly Thing[] =>
  Array.from({ length: count }, (_, number) => ({ number, more: { text: `thing ${number}` } }));

if (process.argv[2] === 'limited') limitHeapGrowth();
const kept = things(KEPT);
const keptMib = process.memoryUsage().heapUsed / MIB;
// Each piece lives long enough to get old, and is garbage then.
const ring: (readonly Thing[])[] = [];
let highestMib = 0;
for (let piece = 0; piece < PIECES; piece += 1) {
  ring[piece % RING] = things(PIECE);
  highestMib = Math.max(highestMib, process.memoryUsage().heapTotal / MIB);
}
process.stdout.write(JSON.stringify({ keptMib, highestMib, kept: kept.length, ring: ring.length }));
