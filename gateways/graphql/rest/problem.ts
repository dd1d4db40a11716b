import { STATUS_CODES } from 'node:http';
import { rejections, type RejectionCode, type RejectionKind } from '../../../commands/rejections';
import { statusOf } from '../operations/graphql-http';

/** A problem as RFC 9457 has it, with the stable `code` that GraphQL has too, and the figures of a rejection. */
export type Problem = {
  /** A relative reference to the description of the code. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
};

const statuses: Readonly<Record<RejectionKind, number>> = {
  'already-exists': 409,
  invalid: 422,
  'not-found': 404,
  unauthenticated: 401,
  'wrong-state': 409,
};

export const statusOfRejection = (code: RejectionCode): number => statuses[rejections[code].kind];

const statusOfError = (extensions: Readonly<Record<string, unknown>>): number => {
  switch (extensions['code']) {
    case 'NOT_AUTHENTICATED':
      return 401;
    case 'NOT_PERMITTED':
    case 'WRONG_REALM':
      return 403;
    case 'NOT_FOUND':
      return 404;
    default:
      return statusOf(extensions, 400);
  }
};

const typeOf = (code: string): string => `/api/docs#${code}`;

/** Returns the problem of a rejected command. */
export const problemOfRejection = ({
  code,
  message,
  path,
  ...others
}: Readonly<Record<string, unknown>> & {
  readonly code: RejectionCode;
  readonly message: string;
}): Problem => {
  const figures = { ...others, __typename: undefined };
  const field = Array.isArray(path) ? { field: path.slice(1).join('.') } : {};
  const status = statusOfRejection(code);
  return {
    type: typeOf(code),
    title: rejections[code].why,
    status,
    detail: message,
    code,
    ...field,
    ...figures,
  };
};

/** Returns the problem of an error of GraphQL, which is masked already. */
export const problemOfError = (
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem => {
  const status = statusOfError(extensions);
  const code = typeof extensions['code'] === 'string' ? extensions['code'] : 'INTERNAL';
  return { type: typeOf(code), title: STATUS_CODES[status] ?? 'Error', status, detail: message, code };
};
