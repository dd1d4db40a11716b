/** JSON Schema for read models: for engines that validate, and for analysts who read. */
export { choice, flag, instant, list, maybe, money, number, place, record, text, whole } from './schema';
export type { JsonSchema } from './schema';
