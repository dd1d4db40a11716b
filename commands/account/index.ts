export { createAccountIds } from './account-ids';
export { accountUseCases } from './account-use-cases';
export { createPasswordHasher } from './password-hasher';
export { createPasswords } from './passwords';
export type { Passwords } from './passwords';
export { sessionGranted } from './sessions';
export type { AccountDeps, SessionGranted } from './sessions';
export { newLinkToken } from './link-token';
