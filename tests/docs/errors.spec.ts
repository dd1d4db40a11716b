import { useCases } from '../../commands';
import { rejections, type RejectionCode } from '../../commands/rejections';
import { status } from '@grpc/grpc-js';
import { statusOfRejection } from '../../gateways/grpc/rejection-status';
import { requestErrors } from '../../gateways/graphql/operations/request-errors';
import { errorTypeOf } from '../../gateways/graphql/schema/user-errors';
import { faultCodes, type FaultCode } from '../../platform/faults';
import { expectGenerated } from '../support/generated-file';

/** The cause and the remedy of each fault; a new fault does not compile until it is explained. */
const faults: Readonly<Record<FaultCode, readonly [cause: string, remedy: string]>> = {
  STORE_UNAVAILABLE: ['The event store does not answer.', 'Try again; look at `/health/ready`.'],
  STORE_FULL: ['The disk of the event store is full.', 'Free space; nothing acknowledged is lost.'],
  STORE_CLOSED: [
    'The process is stopping.',
    'Send the request to another process, or wait until this one has restarted.',
  ],
  STORE_CORRUPT: [
    'The files of the event store are damaged.',
    'Restore them; `waybill doctor` says what is wrong.',
  ],
  DATA_DIRECTORY_IN_USE: ['Another process uses the data directory.', 'Stop it, or set `WAYBILL_DATA_DIR`.'],
  PORT_IN_USE: [
    'Another program listens where this one should; the message names the port.',
    'Stop it, or set the variable that the message names.',
  ],
  EVENT_TOO_LARGE: ['An event would be over 1 MiB.', 'Change less with one command.'],
  REVISION_CONFLICT: ['Others changed the same thing at the same moment, again and again.', 'Try again.'],
  OUTCOME_UNKNOWN: [
    'The answer was lost, so the outcome is unknown.',
    'Send the mutation again with the same `idempotencyKey`: it takes effect at most once.',
  ],
  READ_MODELS_UNAVAILABLE: ['The read models do not answer.', 'Try again; look at `/health/ready`.'],
  LEASE_LOST: [
    'The process worked without a valid lease: another process has taken over.',
    'Nothing to do: the process stands by, and the other one does the work.',
  ],
  DOCUMENT_REFUSED: [
    'The engine of the read models will never store a document, e.g. one that is too large for it.',
    'Nothing to do at once: the event is parked and the read model goes on. See the reason with `parked_events`.',
  ],
  QUERY_INVALID: ['A cursor is not one of this list.', 'Begin again without a cursor.'],
  BUS_UNAVAILABLE: ['The bus does not answer.', 'Nothing to do: messages are sent once the bus answers.'],
  COMMANDS_UNAVAILABLE: ['The command services do not answer.', 'Try again with the same `idempotencyKey`.'],
  DEADLINE_EXCEEDED: [
    'It took too long; for a read with `x-read-after`, until the read models showed that moment.',
    'Try again, a mutation with the same `idempotencyKey`.',
  ],
  OVERLOADED: ['The process has more requests than it can handle.', 'Wait a moment, then try again.'],
  MOMENT_IN_FUTURE: ['`asOf` is later than now.', 'Ask for a moment that is over, or leave `asOf` out.'],
  MOMENT_BEFORE_HISTORY: [
    '`asOf` is before the first stored event.',
    'Ask for a later moment; the message names the first one.',
  ],
  HISTORY_TOO_LONG: [
    'The requested past has more events, or larger documents, than one process folds in memory.',
    'Make a second data directory as of the moment with `waybill fork`, and read it there.',
  ],
  PAST_BEING_BUILT: [
    'The read model as of `asOf` is being built on the side; the message says how far it is.',
    'Send the same query again; it is answered from memory when the build is complete.',
  ],
  INPUT_INVALID: [
    'A field has a wrong value; the message names it. Where a number is not whole or out of range, `extensions.path`, `min` and `max` say so too.',
    'Correct it.',
  ],
  NOT_AUTHENTICATED: ['There is no valid access token.', 'Log in, or refresh the session.'],
  NOT_PERMITTED: [
    'The account may not do this.',
    'Log in with an account that may, or ask an administrator for the role.',
  ],
  WRONG_REALM: [
    'The account may do this, but its access token is of another realm: a token of the shop, of the merchants or of the platform gives only what belongs there.',
    'Log in where the message says: at that address of the pages, or by `logIn` with that `realm`.',
  ],
  FRAME_TOO_LARGE: ['The World sent a message that is too long.', 'Nothing to do: the platform reconnects.'],
  FRAME_MALFORMED: [
    'The World sent bytes that are not a message.',
    'Nothing to do: the platform reconnects.',
  ],
  WORLD_REFUSED: ['The World refused the connection.', 'Check the world id. The platform retries.'],
  PEER_UNAVAILABLE: [
    'The receiver of an HTTP message, e.g. a carrier, does not answer.',
    'Nothing to do: the message is sent again until it is acknowledged.',
  ],
  PAYMENT_PROVIDER_UNAVAILABLE: [
    'The payment provider does not answer.',
    'Nothing to do: the request is sent again.',
  ],
  CONFIG_INVALID: ['A setting is wrong; the message names its variable.', 'Correct it and start again.'],
};

const codes = Object.keys(rejections) as RejectionCode[];

/** The use cases that declare a rejection, with links to their declarations. */
const useCasesOf = (code: RejectionCode): string =>
  code === 'IDEMPOTENCY_KEY_REUSED'
    ? 'all'
    : Object.entries(useCases)
        .filter(([, { rejections: declared }]) => (declared as readonly string[]).includes(code))
        .map(([name]) => `[${name}](use-cases.md#${name.toLowerCase()})`)
        .join(', ');

it('docs/reference/errors.md explains every error there is', () =>
  expectGenerated(
    'docs/reference/errors.md',
    [
      '# Errors',
      '',
      'Codes are stable; messages may change. There are three kinds of errors: rejections, faults and request errors.',
      '',
      '## Rejections',
      '',
      'A business rule rejected the command, and the caller can act on it. Each is a type of the mutation’s result union, with the figures as fields, and over gRPC a status whose `ErrorInfo` has the code. The last column has the use cases that reject with it; a rejection without one is given to the platform’s own reactors.',
      '',
      '| Code | Type | gRPC status | Why | What to do | Use cases |',
      '| --- | --- | --- | --- | --- | --- |',
      ...codes.map((code) => {
        const { why, remedy } = rejections[code];
        return `| \`${code}\` | \`${errorTypeOf[code]}\` | \`${status[statusOfRejection(code)]}\` | ${why} | ${remedy} | ${useCasesOf(code)} |`;
      }),
      '',
      '## Faults',
      '',
      'A technical failure, in Waybill or in a system that it uses: a GraphQL error with `extensions.code`, and mostly a `reference` that is in the log too. *Again* says whether a retry may help.',
      '',
      '| Code | Again | Cause | What to do |',
      '| --- | --- | --- | --- |',
      ...(Object.keys(faultCodes) as FaultCode[]).map(
        (code) =>
          `| \`${code}\` | ${faultCodes[code].retryable ? 'yes' : 'no'} | ${faults[code].join(' | ')} |`,
      ),
      '',
      '## Requests',
      '',
      'Reasons for which a request is refused before it is executed: a GraphQL error with `extensions.code`, and no data.',
      '',
      '| Code | Cause, and what to do |',
      '| --- | --- |',
      ...Object.entries(requestErrors).map(([code, text]) => `| \`${code}\` | ${text} |`),
      '',
    ].join('\n'),
  ));
