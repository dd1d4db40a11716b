import { defaultLimits } from '../../gateways/graphql';
import {
  ANSWER_BYTES_PER_UNIT,
  BODY_BYTES_PER_UNIT,
  INTROSPECTION_PRICE,
} from '../../gateways/graphql/operations/pricing';
import { upsGatewayLimits } from '../../gateways/carriers';
import { expectGenerated } from '../support/generated-file';

const MIB = 1024 * 1024;
const whole = (value: number): string => value.toLocaleString('en');
const bytes = (value: number): string => (value >= MIB ? `${value / MIB} MiB` : `${value / 1_024} KiB`);
const rate = ({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }): string =>
  `${whole(perSecond)} a second, ${whole(burst)} at once`;

const limits = defaultLimits;

const rows: readonly (readonly [string, string, string])[] = [
  ['Requests of an account, or of the guests of an address', rate(limits.rate), '`RATE_LIMITED`'],
  ['Work of an address, in units of about a microsecond of a core', rate(limits.workRate), '`RATE_LIMITED`'],
  [
    'Operations of an address that run at once, and that wait',
    `${limits.inFlightPerAddress.concurrentMax}, ${limits.inFlightPerAddress.waitingMax}`,
    '`RATE_LIMITED`',
  ],
  [
    'Live updates of an account, or of the guests of an address',
    whole(limits.subscriptionsPerClientMax),
    '`RATE_LIMITED`',
  ],
  ['Operations of a WebSocket at once', whole(limits.subscriptionsPerSocketMax), '`RATE_LIMITED`'],
  [
    'WebSockets, and those of an address',
    `${whole(limits.socketsMax)}, ${limits.socketsPerAddressMax}`,
    '503',
  ],
  ['Bytes that wait for a WebSocket', bytes(limits.socketWaitingBytesMax), 'closed'],
  ['HTTP connections of an address, unless behind a proxy', whole(limits.connectionsPerAddressMax), 'closed'],
  ['Time in which nothing moves on an HTTP connection', `${limits.stalledMs / 1_000} s`, 'closed'],
  ['A body, or a message of a WebSocket', bytes(limits.bodyBytesMax), '`BODY_TOO_LARGE`, 1009'],
  ['Parsed documents that are kept', bytes(limits.documentsKeptBytesMax), 'parsed again'],
  ['Compiled documents that are kept', bytes(limits.compiledBytesMax), 'compiled again'],
  ['Answers to introspections that are kept', bytes(limits.introspectionBytesMax), 'worked out again'],
  ['Forged or too large webhooks of an address', rate(upsGatewayLimits.refusedPerAddress), '503'],
];

it('docs/reference/limits.md lists what clients share', () =>
  expectGenerated(
    'docs/reference/limits.md',
    [
      '# Limits',
      '',
      '<!-- Generated from the code by `npm run gen`. -->',
      '',
      'What one client may take of the platform, so that the others get their share. An address is an IPv4 address or the /64 network of an IPv6 address. Behind a proxy of your own set `WAYBILL_TRUST_PROXY=on`; all clients share one address otherwise.',
      '',
      '| What | Limit | Beyond it |',
      '| --- | --- | --- |',
      ...rows.map((cells) => `| ${cells.join(' | ')} |`),
      '',
      '## How work is counted',
      '',
      'An address pays for the work that it causes. While it owes, nothing new of it is begun: the answer is `RATE_LIMITED` with `retryAfterSeconds` and the header `Retry-After`, before the body is read.',
      '',
      '- An operation costs what `OPERATION_TOO_COSTLY` limits: one for each field, and 50 for a count (`totalCount`), times the length of the lists around it. A search of products costs 300 more, a filter of them 500, and the choices of their filters (`facets`) 1,000. A page of 20 products costs some 300.',
      '- A new document costs 30 for each of its tokens: it is parsed and checked. One that is wrong is not kept, so it costs that each time.',
      '- A document that is compiled, because it has come three times, costs 35 for each of its tokens.',
      `- A question about the whole schema costs ${whole(INTROSPECTION_PRICE)}. When the same was asked before, it costs 1 for each ${ANSWER_BYTES_PER_UNIT} bytes of its answer.`,
      `- A body costs 1 for each ${BODY_BYTES_PER_UNIT} bytes. An update of a live query costs as much as the query; it waits while its address owes.`,
      '',
      'New documents are parsed and checked, and new questions about the schema answered, one at a time and in at most a quarter of the time. The addresses take turns. At most 256 pieces of such work of an address wait; further ones are `RATE_LIMITED`.',
      '',
    ].join('\n'),
  ));
