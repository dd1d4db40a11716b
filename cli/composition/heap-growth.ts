import { setFlagsFromString } from 'node:v8';

/**
 * The growth of the heap in per cent of what is in use after which V8 collects garbage. Its own choice depends on the speed of
 * the program and on the memory of the machine: up to a multiple, which the process then keeps.
 */
const GROWTH_PERCENT = 40;

/** Lets this process use less memory for a little more processor time. */
export const limitHeapGrowth = (): void => setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
