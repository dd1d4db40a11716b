export { plainWords } from './plain-words';
export { timeZoneSchema } from './time-zone';
