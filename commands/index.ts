export { sessionGranted } from './account';
export type { SessionGranted } from './account';
export type { CommandClient } from './client/command-client';
export type { Outcome } from './use-case/outcome';
export { useCaseGroups, useCases } from './registry';
export type { CodeOf, InputOf, MutationName, SuccessOf, UseCaseName } from './registry';
