export type { NumberingCommand } from './commands';
export { numberingEventTypes } from './events';
export type { NumberingEvent, NumbersReserved } from './events';
export type { NumberingRejection } from './rejections';
