export { memorySnapshots } from './snapshots';
export { memoryEventStore } from './store';
