export { memoryReadModels } from './store';
