import type { FastifyPluginCallback, FastifyReply, FastifyRequest } from 'fastify';
import type { CarrierAnswer, CarrierDialect } from '../../domain/carrier-inbound';
import type { Instant, Millis, SerialNumber } from '../../domain/kernel';
import type { Clock } from '../../platform/clock';
import { createBuckets, networkOf } from '../../platform/rate-limit';
import { boundedLogger, withSpan, type Logger } from '../../platform/telemetry';
import { illFormedTextIn } from '../../platform/well-formed-text';
import { isTimely, TOLERANCE_SECONDS } from '../../platform/webhook-signing';
import { epochMsOfEnvelope } from '../../proto/carrier';
import { authenticate } from './authenticate';
import { dialects, type Dialect, type Inbound, type Refusal, type ShipmentDetails } from './dialects';
import type { Inbox } from './inbox';
import { isCarriedBy, type CarrierConfig, type UpsGatewayLimits } from './settings';
import type { Shipments } from './shipments';

export type RoutesDeps = {
  readonly carriers: readonly CarrierConfig[];
  readonly inbox: Inbox;
  readonly shipments: Shipments;
  readonly acknowledged: (carrier: string, seqnum: SerialNumber) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: UpsGatewayLimits;
};

type Route = { readonly name: CarrierDialect; readonly dialect: Dialect; readonly path: string };

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

const refuse = (why: Refusal['why'], message: string): never => {
  throw new Refused({ why, message });
};

const parseJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    return refuse('structure', 'The body is no JSON');
  }
};

const jsonOf = (body: Buffer): unknown => {
  const value = parseJson(body);
  const illFormed = illFormedTextIn(value);
  return illFormed
    ? refuse('field', `${illFormed.path.join('.') || 'The body'} ${illFormed.problem}`)
    : value;
};

const parse = ({ dialect, path }: Route, body: Buffer): Inbound => {
  const read = dialect.read(path, jsonOf(body));
  return read.ok ? read.inbound : refuse(read.refusal.why, read.refusal.message);
};

/** Rejects a message whose signature covers no time unless the time in its body is near our clock. */
const requireTimely = ({ sentAt }: Inbound, now: Instant): void => {
  const sentMs = sentAt === undefined ? undefined : epochMsOfEnvelope(sentAt);
  if (sentMs === undefined)
    refuse(
      'unauthenticated',
      'A signed message needs a timestamp in ISO 8601, such as 2026-11-28T19:00:31.799000',
    );
  else if (!isTimely(sentMs, now))
    refuse(
      'unauthenticated',
      `The timestamp is stale: at most ${TOLERANCE_SECONDS} seconds off, in UTC where it has no zone`,
    );
};

const refusalOf = (error: unknown): Refusal | undefined => {
  if (error instanceof Refused) return error.refusal;
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return { why: 'too-large', message: 'The body is too large' };
  return typeof status === 'number' && status < 500
    ? { why: 'structure', message: 'The request cannot be read' }
    : undefined;
};

const send = (reply: FastifyReply, { status, body }: CarrierAnswer): FastifyReply =>
  reply.code(status).type('application/json; charset=utf-8').send(body);

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * Tests the content type, also `application/cloudevents+json`. A web page cannot send these to another site without a
 * preflight request.
 */
const isJson = (request: FastifyRequest): boolean =>
  /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(headerOf(request, 'content-type') ?? '');

/**
 * Returns the origin of a request. Undefined if a proxy forwarded it and `WAYBILL_TRUST_PROXY` is off, because all
 * requests would have the proxy's address.
 */
const addressOf = (request: FastifyRequest): string | undefined => {
  const { headers, ip, socket } = request;
  const isPassedOn = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined;
  return isPassedOn && ip === socket.remoteAddress ? undefined : ip;
};

const namedCarrier = (request: FastifyRequest): string | undefined =>
  (request.params as Readonly<Record<string, string | undefined>>)['carrier'];

/** Returns the details of a shipment of this carrier; other shipments are reported as unknown. */
const detailsFor = async (
  { carriers, shipments }: RoutesDeps,
  { name }: CarrierConfig,
  number: SerialNumber,
): Promise<ShipmentDetails | undefined> => {
  const found = await shipments.byNumber(number);
  return found && isCarriedBy(carriers, name, found) ? shipments.details(found) : undefined;
};

/** Returns the answer, or refuses the message as "busy" after the deadline. */
const withDeadline = async (
  answer: Promise<CarrierAnswer>,
  { clock, limits }: Pick<RoutesDeps, 'clock' | 'limits'>,
): Promise<CarrierAnswer> => {
  const timeout = new AbortController();
  // Twice the limit: a stored message is answered by the inbox in time, and this is for a store that hangs.
  const late = clock.sleep((limits.answerWithinMs * 2) as Millis, timeout.signal).then(
    () => refuse('busy', 'It could not be stored in time; send it again later'),
    () => answer,
  );
  return Promise.race([answer, late]).finally(() => timeout.abort());
};

/** Refusals that any sender can cause, because they are decided before authentication. */
const withoutAuthentication: ReadonlySet<Refusal['why']> = new Set(['unauthenticated', 'too-large']);

/** Limits the number of refused messages of an address; beyond it messages are refused before their body is read. */
const createRefusalLimit = ({ refusedPerAddress }: UpsGatewayLimits, clock: Clock) => {
  const buckets = createBuckets(refusedPerAddress, clock);
  return {
    errorFor: ({ ip }: FastifyRequest): Refused | undefined =>
      buckets.debtMs(networkOf(ip)) > 0
        ? new Refused({
            why: 'busy',
            message: 'Too many messages of this address were refused; send it again later',
          })
        : undefined,
    count: ({ ip }: FastifyRequest, { why }: Refusal): void => {
      if (withoutAuthentication.has(why)) buckets.charge(networkOf(ip), 1);
    },
  };
};

/** Authenticates and parses a message, applies it, and returns the answer. Throws if it is refused. */
const receive = async (deps: RoutesDeps, route: Route, request: FastifyRequest): Promise<CarrierAnswer> => {
  const { carriers, inbox, clock, limits } = deps;
  const { name, dialect, path } = route;
  if (!isJson(request)) return refuse('media-type', 'Send it as application/json');
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const received = { headers: request.headers, body, address: addressOf(request) };
  const sender = authenticate(
    carriers,
    { dialect: name, named: namedCarrier(request) },
    received,
    clock.now(),
  );
  if (!sender.ok) return refuse('unauthenticated', sender.message);
  const { carrier, messageId } = sender;
  const inbound = parse(route, body);
  if (sender.untimed === true) requireTimely(inbound, clock.now());
  for (const seqnum of inbound.acks) await deps.acknowledged(carrier.name, seqnum);
  if (inbound.kind === 'acks') return dialect.answer({ kind: 'applied' }, inbound.seqnum, clock.now());
  if (inbound.kind === 'question')
    return dialect.details(await detailsFor(deps, carrier, inbound.shipmentNumber), clock.now());
  const { report, seqnum } = inbound;
  if (report.kind === 'world-chosen' && !carrier.operator)
    return refuse('not-permitted', 'This carrier may not choose the world');
  if (inbox.openCount >= limits.receivingMax) return refuse('busy', 'Too much at once; send it again later');
  const key = messageId === undefined ? inbound.key : { text: messageId, certain: true };
  return inbox.receive({
    ...{ carrier: carrier.name, dialect: name, path, report, key, body: body.toString() },
    traceparent: headerOf(request, 'traceparent'),
    answer: (settled) => dialect.answer(settled, seqnum, clock.now()),
  });
};

/** The webhooks of all dialects, as a plugin for a shared server. */
export const carrierRoutes = (deps: RoutesDeps): FastifyPluginCallback => {
  const { clock, limits } = deps;
  const logger = boundedLogger(deps.logger, clock);
  const refusals = createRefusalLimit(limits, clock);

  const handle = async (
    route: Route,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const parent = headerOf(request, 'traceparent');
    const attributes = { 'http.route': route.path, 'waybill.dialect': route.name };
    const answer = await withSpan(`webhook ${route.path}`, { kind: 'server', parent, attributes }, () =>
      withDeadline(receive(deps, route, request), deps),
    );
    return send(reply, answer);
  };

  const fail = (route: Route, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const refusal = refusalOf(error);
    if (refusal) refusals.count(request, refusal);
    if (refusal?.why === 'busy') reply.header('retry-after', '1');
    if (refusal) logger.warn({ path: route.path, ...refusal }, 'A message of a carrier is refused');
    else logger.error({ path: route.path, error }, 'A message of a carrier could not be received');
    const sent: Refusal = refusal ?? {
      why: 'internal',
      message: 'An internal error occurred; send it again later',
    };
    return send(reply, route.dialect.refuse(sent, clock.now()));
  };

  const routes = Object.entries(dialects).flatMap(([name, dialect]) =>
    dialect.paths.map((path): Route => ({ name: name as CarrierDialect, dialect, path })),
  );

  return (app, _, done) => {
    // Signatures are of the raw bytes, so no parser may run first.
    app.removeAllContentTypeParsers();
    const bytes = { parseAs: 'buffer', bodyLimit: limits.bodyBytesMax } as const;
    app.addContentTypeParser('*', bytes, (_request, body, parsed) => parsed(null, body));
    for (const route of routes) {
      app.route({
        method: 'POST',
        url: route.path,
        bodyLimit: limits.bodyBytesMax,
        config: { access: 'carrier' },
        handler: (request, reply) => handle(route, request, reply),
        onRequest: (request, _reply, go) => go(refusals.errorFor(request)),
        errorHandler: (error, request, reply) => void fail(route, error, request, reply),
      });
    }
    done();
  };
};
