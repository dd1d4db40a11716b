import { stock } from '../../domain/stock';
import { streamName } from '../../platform/event-store';
import type { StreamName } from '../../platform/event-store';
import type { StockLevel } from './document';

/** The streams that a stock level's document comes from. For time travel. */
export const stockLevelStreams = ({ id }: Pick<StockLevel, 'id'>): readonly StreamName[] => [
  streamName(stock.category, id),
];
