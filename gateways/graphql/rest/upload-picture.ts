import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { PictureId } from '../../../domain/kernel';
import { createGate, type Gate } from '../../../platform/concurrency';
import { Fault } from '../../../platform/faults';
import { uuidV7 } from '../../../platform/ids';
import {
  PictureRefused,
  pictureBytesMax,
  renderPicture,
  type PictureProblem,
} from '../../../platform/pictures';
import { createBuckets } from '../../../platform/rate-limit';
import { messageOf, type Rejection } from '../../../commands/rejections';
import { demandGoodToken, signedIn } from '../access/caller';
import type { EdgeContext, EdgeServices } from '../context';
import type { OperationsOverHttp } from '../operations/operation-over-http';
import { refusal, requestErrorCodeOf } from '../operations/request-errors';
import { pictureUrl, thumbnailUrl } from '../schema/pictures';
import { problemOfError, problemOfRejection } from './problem';
import { sendError, sendProblem } from './send-problem';
import { UPLOAD_PATH } from './upload-path';

const statuses: Readonly<Record<PictureProblem, number>> = {
  PICTURE_TOO_LARGE: 413,
  PICTURE_TYPE_NOT_SUPPORTED: 415,
  PICTURE_ANIMATED: 415,
  PICTURE_UNREADABLE: 422,
  PICTURE_DIMENSIONS_REFUSED: 422,
};

const sendRefused = (reply: FastifyReply, { code, message }: PictureRefused): void =>
  sendProblem(reply, { ...problemOfError(message, { code }), status: statuses[code] });

const tooManyUploads = (waitMs: number): GraphQLError => {
  const retryAfterSeconds = Math.ceil(waitMs / 1_000);
  return refusal('RATE_LIMITED', `Too many pictures at once. Try again in ${retryAfterSeconds} s.`, {
    retryAfterSeconds,
  });
};

/** Limits the uploads of an account and of an address, and the bytes of bodies that are in memory at once. */
const createAdmission = ({ limits, clock }: EdgeServices) => {
  const accounts = createBuckets(limits.uploadRate, clock);
  const addresses = createBuckets(limits.uploadRate, clock);
  let open = 0;
  return (accountId: string, address: string, reply: FastifyReply): void => {
    const waitMs = addresses.take(address) || accounts.take(accountId);
    if (waitMs > 0) throw tooManyUploads(waitMs);
    if (open >= limits.uploadsAtOnceMax) throw new Fault('OVERLOADED', 'Too many uploads at once');
    open += 1;
    // Also where the client went away.
    reply.raw.once('close', () => {
      open -= 1;
    });
  };
};

type Upload = {
  readonly services: EdgeServices;
  readonly operations: OperationsOverHttp;
  readonly admit: ReturnType<typeof createAdmission>;
  readonly decoding: Gate;
  /** The contexts of requests whose caller was checked. */
  readonly contexts: WeakMap<FastifyRequest, EdgeContext>;
};

/** Checks the caller, and the limits, before the body is read. */
const authenticate =
  ({ operations, admit, contexts }: Upload) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const context = await operations.contextOf(request);
    try {
      demandGoodToken(context.viewer, { needsNoToken: false });
      admit(signedIn(context.viewer).id, context.address, reply);
      await context.refresh();
      signedIn(context.viewer);
      contexts.set(request, context);
    } catch (error) {
      sendError(reply, error, context);
    }
  };

/**
 * Takes a picture. It is recorded before its files are stored, so that no file is stored of which nothing knows.
 *
 * @throws PictureRefused, and the faults of the commands and the files.
 */
const take = async (
  bytes: Buffer,
  context: EdgeContext,
  { services: { clock, random, files, commands }, decoding }: Upload,
): Promise<{ readonly status: number; readonly picture: object } | Rejection> => {
  const { page, thumbnail, width, height, files: rendered } = await decoding.run(() => renderPicture(bytes));
  const pictureId = page as PictureId;
  const [, madeThumbnailId = ''] = thumbnail.split('-');
  const stored = [...rendered.values()].reduce((sum, { length }) => sum + length, 0);
  const uploaderId = signedIn(context.viewer).id;
  const outcome = await commands.send(
    'recordUpload',
    { uploaderId, pictureId, thumbnailId: madeThumbnailId, width, height, bytes: stored },
    context.commandContext(uuidV7(clock, random), false),
  );
  if (outcome.kind === 'unknown')
    throw new Fault('OUTCOME_UNKNOWN', 'It is not known whether the picture was taken. Send it again.');
  if (outcome.kind === 'rejected') return outcome.rejection;
  for (const [name, content] of rendered) await files.put(name, content);
  const shown = { id: pictureId, thumbnailId: outcome.value.thumbnailId };
  const urls = { url: pictureUrl(shown), thumbnailUrl: thumbnailUrl(shown) };
  return { status: 201, picture: { id: pictureId, ...urls, width, height } };
};

const answer = async (bytes: Buffer, context: EdgeContext, reply: FastifyReply, upload: Upload) => {
  try {
    const taken = await take(bytes, context, upload);
    if ('code' in taken)
      sendProblem(reply, problemOfRejection({ ...taken, message: messageOf(taken, context.language) }));
    else
      void reply
        .code(taken.status)
        .header('content-type', 'application/json; charset=utf-8')
        .send(JSON.stringify(taken.picture));
  } catch (error) {
    if (error instanceof PictureRefused) sendRefused(reply, error);
    else sendError(reply, error, context);
  }
};

/** Takes bodies of any type: the bytes say what they are, so what the sender calls them does not matter. */
const readAnyBody = (app: FastifyInstance, operations: OperationsOverHttp): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: pictureBytesMax }, (_request, body, done) =>
    done(null, body),
  );
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const { statusCode: status = 500, code, message } = error;
    if (status >= 500) sendError(reply, error, await operations.contextOf(request));
    else if (requestErrorCodeOf(code) === 'BODY_TOO_LARGE')
      sendRefused(reply, new PictureRefused('PICTURE_TOO_LARGE'));
    else sendProblem(reply, { ...problemOfError(message, { code: requestErrorCodeOf(code) }), status });
    return reply;
  });
};

/** Serves the upload of one picture: the body is the picture itself. */
export const registerUpload = (
  app: FastifyInstance,
  services: EdgeServices,
  operations: OperationsOverHttp,
): void => {
  // One at a time, because a picture may take a hundred megabytes while it is decoded.
  const decoding = createGate('the decoding of pictures', {
    concurrentMax: 1,
    waitingMax: services.limits.uploadsAtOnceMax,
  });
  const contexts: Upload['contexts'] = new WeakMap();
  const upload: Upload = { services, operations, admit: createAdmission(services), decoding, contexts };
  readAnyBody(app, operations);
  app.post(UPLOAD_PATH, {
    bodyLimit: pictureBytesMax,
    config: { access: 'account' },
    onRequest: [operations.demandPaid(sendError), authenticate(upload)],
    handler: async (request, reply) => {
      const context = contexts.get(request) ?? (await operations.contextOf(request));
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await answer(bytes, context, reply, upload);
      return reply;
    },
  });
};
