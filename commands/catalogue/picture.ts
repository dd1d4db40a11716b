import { z } from 'zod';
import type { Instant, Picture, PictureId, PictureOwner } from '../../domain/kernel';
import { picture } from '../../domain/picture';
import type { CommandContext } from '../../platform/execution';
import { ofKind } from '../use-case/fields';
import { callerIdSchema, pictureIdSchema } from '../use-case/input';
import { nothing, notAccepted, outcomeOf, rejected, stepOf, type Outcome } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

const sideSchema = ofKind('quantity', z.int().positive());
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, { error: 'not a SHA-256' });

const uploadedIdSchema = ofKind(
  'id',
  hashSchema.transform((hash) => hash as PictureId),
);

export const pictureUseCases = {
  recordUpload: useCase({
    summary: 'Records a picture that an account has uploaded, before its files are stored.',
    allow: 'account',
    internal: true,
    input: z.object({
      uploaderId: callerIdSchema,
      pictureId: uploadedIdSchema.describe('The ID of the picture: the hash of its file for a page.'),
      thumbnailId: hashSchema.describe('The hash of the small size of the picture.'),
      width: sideSchema.describe('The width in pixels.'),
      height: sideSchema.describe('The height in pixels.'),
      bytes: sideSchema.describe('The size of the files together, in bytes.'),
    }),
    success: z.object({
      thumbnailId: hashSchema.describe('The hash of the small size that is kept.'),
    }),
    rejections: ['PICTURE_BEING_REMOVED'],
    handle: async (input, context, { aggregates, clock }) => {
      const pictures = aggregates.of(picture);
      const command = { type: 'UploadPicture', ...input, at: clock.now() } as const;
      const executed = await pictures.execute(input.pictureId, command, context);
      if (executed.kind !== 'accepted') return notAccepted(executed);
      const state = await pictures.load(input.pictureId);
      const { thumbnailId } = state.status === 'NONE' ? input : state;
      return { kind: 'accepted', value: { thumbnailId }, position: executed.position };
    },
  }),
};

type Claimed = Outcome<readonly Picture[], 'PICTURE_NOT_FOUND'>;

/**
 * Keeps pictures for an owner, which is to name them by its next event: until it does, and for an hour at least, they are not
 * removed. A picture that the owner already names is claimed again, so that no late release ends the claim.
 */
export const claimPictures = async (
  {
    pictureIds,
    owner,
    at,
  }: { readonly pictureIds: readonly PictureId[]; readonly owner: PictureOwner; readonly at: Instant },
  context: CommandContext,
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
): Promise<Claimed> => {
  const pictures = aggregates.of(picture);
  const claimed: Picture[] = [];
  for (const pictureId of pictureIds) {
    const claim = { type: 'ClaimPicture', pictureId, owner, at } as const;
    const step = stepOf(context, `claim ${pictureId}`);
    const outcome = outcomeOf(await pictures.execute(pictureId, claim, step), nothing);
    if (outcome.kind !== 'accepted') return outcome;
    const state = await pictures.load(pictureId);
    if (state.status === 'NONE') return rejected({ code: 'PICTURE_NOT_FOUND', pictureId });
    const { thumbnailId, width, height } = state;
    claimed.push({ pictureId, thumbnailId, width, height });
  }
  return { kind: 'accepted', value: claimed };
};

/** More than anything may have, so that its decider states the limit. */
export const picturesReadMax = 50;

/** The ids of pictures that something names. */
export const pictureIdsSchema = z.array(pictureIdSchema).max(picturesReadMax);

/** The rejections of what names pictures. */
export const pictureRejections = [
  'PICTURE_NOT_FOUND',
  'PICTURE_USED_UP',
  'PICTURES_TOO_MANY',
  'PICTURE_REPEATED',
] as const;

/** Keeps photos for an owner that is about to name them; undefined where none are given. */
export const claimPhotos = async (
  {
    photoIds,
    max,
    owner,
  }: {
    readonly photoIds: readonly PictureId[] | undefined;
    readonly max: number;
    readonly owner: PictureOwner;
  },
  context: CommandContext,
  deps: Pick<UseCaseDeps, 'aggregates' | 'clock'>,
): Promise<Outcome<readonly Picture[] | undefined, 'PICTURES_TOO_MANY' | 'PICTURE_NOT_FOUND'>> => {
  if (photoIds === undefined) return { kind: 'accepted', value: undefined };
  // More are rejected before any of them is claimed.
  if (photoIds.length > max) return rejected({ code: 'PICTURES_TOO_MANY', count: photoIds.length, max });
  return claimPictures({ pictureIds: photoIds, owner, at: deps.clock.now() }, context, deps);
};
