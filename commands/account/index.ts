export { logIn } from './log-in';
export { logOut } from './log-out';
export { createPasswords } from './passwords';
export type { Passwords } from './passwords';
export { provisionAccount } from './provision-account';
export { refreshSession } from './refresh-session';
export type { AccountDeps } from './sessions';
export { signUp } from './sign-up';
