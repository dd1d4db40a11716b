import { status } from '@grpc/grpc-js';
import { rejections, type RejectionCode, type RejectionKind } from '../../commands/rejections';

const statuses: Readonly<Record<RejectionKind, status>> = {
  'already-exists': status.ALREADY_EXISTS,
  invalid: status.INVALID_ARGUMENT,
  'not-found': status.NOT_FOUND,
  unauthenticated: status.UNAUTHENTICATED,
  'wrong-state': status.FAILED_PRECONDITION,
};

/** Returns the gRPC status of a rejection. */
export const statusOfRejection = (code: RejectionCode): status => statuses[rejections[code].kind];
