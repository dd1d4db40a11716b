import { afterSales } from '../../domain/after-sales';
import type { Millis, PictureId, PictureOwner } from '../../domain/kernel';
import { epochMsOf, later } from '../../domain/kernel';
import { picture } from '../../domain/picture';
import { product } from '../../domain/product';
import { review } from '../../domain/review';
import type { Random } from '../../platform/clock';
import { rootContext } from '../../platform/execution';
import type { FileStore } from '../../platform/files';
import { uuidV7 } from '../../platform/ids';
import { requireAccepted, startDueWork } from '../../platform/reactions';
import type { Logger } from '../../platform/telemetry';
import { stepOf } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';
import type { DuePictures } from './sites';

export type UnusedPicturesDeps = UseCaseDeps & {
  readonly random: Random;
  readonly logger: Logger;
  readonly files: Pick<FileStore, 'remove'>;
  readonly duePictures: DuePictures;
  /** The interval, in milliseconds. Default a minute. */
  readonly everyMs?: number | undefined;
};

const EVERY_MS = 60_000;
const AT_ONCE_MAX = 100;

/** A command that has claimed a picture has long since named it, or failed. */
export const claimMs = (60 * 60_000) as Millis;

/** Returns whether an owner names a picture: by its own events, which no read model delays. */
const isNamed = async (
  owner: PictureOwner,
  pictureId: PictureId,
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
): Promise<boolean> => {
  const [kind, id = ''] = owner.split(':');
  const has = (pictures: readonly { readonly pictureId: PictureId }[] = []): boolean =>
    pictures.some((one) => one.pictureId === pictureId);
  if (kind === 'review') {
    const found = await aggregates.of(review).load(id);
    return found.status !== 'NONE' && has(found.photos);
  }
  if (kind === 'after_sales') {
    const found = await aggregates.of(afterSales).load(id);
    return found.status !== 'NONE' && has(found.photos);
  }
  const found = await aggregates.of(product).load(id);
  return found.status !== 'NONE' && has(found.pictures);
};

/**
 * Removes one picture if nothing names it. The order makes every race harmless: an owner claims a picture before it names it, and
 * the picture itself decides between a claim and the removal. Each step may be repeated.
 */
export const removeUnusedPicture = async (
  pictureId: PictureId,
  deps: Omit<UnusedPicturesDeps, 'duePictures' | 'logger'>,
): Promise<void> => {
  const { aggregates, clock, random, files } = deps;
  const pictures = aggregates.of(picture);
  const context = rootContext(uuidV7(clock, random), { kind: 'system', id: 'unused pictures', roles: [] });
  const at = clock.now();
  const found = await pictures.load(pictureId);
  if (found.status === 'NONE') return;
  for (const { owner, claimedAt } of found.claims) {
    if (epochMsOf(later(claimedAt, claimMs)) > epochMsOf(at)) continue;
    if (await isNamed(owner, pictureId, deps)) continue;
    const release = { type: 'ReleasePicture', pictureId, owner, claimedAt, at } as const;
    requireAccepted(await pictures.execute(pictureId, release, stepOf(context, `release ${owner}`)));
  }
  const begin = { type: 'BeginRemoval', pictureId, at } as const;
  requireAccepted(await pictures.execute(pictureId, begin, stepOf(context, 'begin')));
  const left = await pictures.load(pictureId);
  if (left.status !== 'BEING_REMOVED') return;
  await files.remove(`${pictureId}-${left.thumbnailId}`);
  await files.remove(pictureId);
  const finish = { type: 'FinishRemoval', pictureId, at } as const;
  requireAccepted(await pictures.execute(pictureId, finish, stepOf(context, 'finish')));
};

/** Removes the pictures that nothing names, until it is stopped. */
export const removeUnusedPictures = (deps: UnusedPicturesDeps): { readonly stop: () => Promise<void> } => {
  const { clock, random, logger, duePictures, everyMs = EVERY_MS } = deps;
  return startDueWork({
    ...{ clock, random, logger, everyMs },
    due: async () => {
      const due = await duePictures(clock.now(), AT_ONCE_MAX);
      return due.map((pictureId) => () => removeUnusedPicture(pictureId, deps));
    },
    messages: {
      piece: 'A picture that nothing names was not removed',
      loop: 'The loop that removes pictures failed',
    },
  });
};
