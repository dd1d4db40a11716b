export { memoryEventStore } from './store';
