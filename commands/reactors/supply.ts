import type { StockReserved } from '../../domain/stock';
import { reactor, type Reactor } from '../../platform/reactions';
import type { UseCaseDeps } from '../use-case/use-case';
import { recordSupply } from './record-supply';

/** Records in an order that its awaited goods are reserved; goods of a cancelled or refunded order go back on hand. */
export const supplyWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<StockReserved>('supply', {
    StockReserved: async (event) => {
      if (!event.data.backorderFilled) return;
      await recordSupply(deps, event, event.data, { record: 'record-supply', release: 'release' });
    },
  });
