export { reasonIn, timelineSchema, withEntry } from './timeline';
export type { TimelineEntry } from './timeline';
