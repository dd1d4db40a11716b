export { sessionGranted } from './account';
export type { SessionGranted } from './account';
export type { CommandClient } from './command-client';
export type { Outcome } from './outcome';
export { useCaseGroups, useCases } from './registry';
export type { CodeOf, InputOf, MutationName, SuccessOf, UseCaseName } from './registry';
