import { stock } from '../../domain/stock';
import type { Upcasters } from '../../domain/kernel';

/** The upcasters of all aggregates: every store that the program opens reads events through them. */
export const eventUpcasters: Upcasters = { ...stock.upcasters };
