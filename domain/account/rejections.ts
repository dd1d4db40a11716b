export type AccountRejection =
  | { readonly code: 'EMAIL_TAKEN' }
  | { readonly code: 'ACCOUNT_NOT_FOUND' }
  | { readonly code: 'EMAIL_INVALID' }
  | { readonly code: 'NAME_EMPTY' }
  | { readonly code: 'SESSION_INVALID' };
