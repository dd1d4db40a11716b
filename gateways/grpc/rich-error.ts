import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { Fault, type FaultCode } from '../../platform/faults';
import { messageOf, type Rejection } from '../../commands/rejections';
import { statusOfRejection } from './rejection-status';
import { errorInfo, retryInfo, richStatus } from './messages';

const DETAILS = 'grpc-status-details-bin';
const typeUrl = (name: string): string => `type.googleapis.com/google.rpc.${name}`;

const statusOfFault: Partial<Record<FaultCode, status>> = {
  INPUT_INVALID: status.INVALID_ARGUMENT,
  NOT_AUTHENTICATED: status.UNAUTHENTICATED,
  NOT_PERMITTED: status.PERMISSION_DENIED,
  WRONG_REALM: status.PERMISSION_DENIED,
  OVERLOADED: status.RESOURCE_EXHAUSTED,
  STORE_FULL: status.RESOURCE_EXHAUSTED,
  DEADLINE_EXCEEDED: status.DEADLINE_EXCEEDED,
  REVISION_CONFLICT: status.ABORTED,
  OUTCOME_UNKNOWN: status.UNAVAILABLE,
  STORE_UNAVAILABLE: status.UNAVAILABLE,
  READ_MODELS_UNAVAILABLE: status.UNAVAILABLE,
  COMMANDS_UNAVAILABLE: status.UNAVAILABLE,
  PAYMENT_PROVIDER_UNAVAILABLE: status.UNAVAILABLE,
};

type Refused = {
  readonly code: status;
  readonly reason: string;
  readonly message: string;
  readonly figures: Readonly<Record<string, unknown>>;
  readonly retryable: boolean;
};

const metadataOf = ({ code, reason, message, figures, retryable }: Refused): Metadata => {
  const asText = Object.entries(figures).map(([name, value]) => [name, JSON.stringify(value)] as const);
  const info = errorInfo.encode({ reason, domain: 'waybill', metadata: Object.fromEntries(asText) });
  const details = [{ type_url: typeUrl('ErrorInfo'), value: info }];
  if (retryable) {
    const value = retryInfo.encode({ retryDelay: { seconds: 0, nanos: 500_000_000 } });
    details.push({ type_url: typeUrl('RetryInfo'), value });
  }
  const metadata = new Metadata();
  metadata.set(DETAILS, Buffer.from(richStatus.encode({ code, message, details })));
  return metadata;
};

const serviceError = (refused: Refused): ServiceError =>
  Object.assign(new Error(refused.message), {
    code: refused.code,
    details: refused.message,
    metadata: metadataOf(refused),
  });

/** A refusal as a gRPC status: its message says what is wrong and what to do, its details carry the code and the figures. */
export const rejectionError = (rejection: Rejection): ServiceError => {
  const { code, ...figures } = rejection;
  return serviceError({
    code: statusOfRejection(code),
    reason: code,
    message: messageOf(rejection),
    figures,
    retryable: false,
  });
};

/** Whether an error is one of ours already, with its details. */
export const isRefused = (error: unknown): error is ServiceError =>
  error instanceof Error && 'metadata' in error && error.metadata instanceof Metadata;

/** A fault as a gRPC status; anything that is no fault is a bug and shows nothing of itself. */
export const faultError = (error: unknown): ServiceError => {
  if (!(error instanceof Fault)) {
    return serviceError({
      code: status.INTERNAL,
      reason: 'INTERNAL',
      message: 'Something is wrong on our side.',
      figures: {},
      retryable: false,
    });
  }
  const code = statusOfFault[error.code] ?? status.INTERNAL;
  return serviceError({
    code,
    reason: error.code,
    message: error.message,
    figures: {},
    retryable: error.retryable,
  });
};

/** Reads the details of a status; undefined for an error of another program, which has none. */
export const readDetails = (
  metadata: Metadata,
): { reason: string; figures: Record<string, unknown> } | undefined => {
  const [bytes] = metadata.get(DETAILS);
  if (!Buffer.isBuffer(bytes)) return undefined;
  const info = richStatus.decode(bytes).details.find((detail) => detail.type_url === typeUrl('ErrorInfo'));
  if (info === undefined) return undefined;
  const { reason, metadata: figures } = errorInfo.decode(info.value);
  const values = Object.entries(figures).map(([name, text]) => [name, JSON.parse(text) as unknown] as const);
  return { reason, figures: Object.fromEntries(values) };
};
