import {
  accept,
  epochMsOf,
  plainState,
  reject,
  unreachable,
  type AccountId,
  type Decider,
  type Decision,
  type Fact,
  type Instant,
  type Millis,
  type Picture,
  type PictureId,
  type PictureOwner,
} from './kernel';

type OfPicture = { pictureId: PictureId };

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** A picture was uploaded; also again, after which it is kept for a further time. `bytes`: of its files together. */
export type PictureUploaded = Fact<
  'PictureUploaded',
  OfPicture & {
    thumbnailId: string;
    width: number;
    height: number;
    bytes: number;
    uploaderId: AccountId;
    uploadedAt: Instant;
  }
>;

/** From now on the picture is kept for its owner, which is about to name it. */
export type PictureClaimed = Fact<'PictureClaimed', OfPicture & { owner: PictureOwner; claimedAt: Instant }>;

/** The owner does not name the picture. `claim`: the time of the claim that ends. */
export type PictureReleased = Fact<
  'PictureReleased',
  OfPicture & { owner: PictureOwner; claim: Instant; releasedAt: Instant }
>;

/** Nothing can name the picture any more, and its files are being removed. */
export type PictureRemovalBegun = Fact<'PictureRemovalBegun', OfPicture & { begunAt: Instant }>;

/** The files of the picture are removed. The same picture can be uploaded again. */
export type PictureRemoved = Fact<'PictureRemoved', OfPicture & { removedAt: Instant }>;

export type PictureEvent =
  PictureUploaded | PictureClaimed | PictureReleased | PictureRemovalBegun | PictureRemoved;

export const pictureEventTypes = {
  PictureUploaded: true,
  PictureClaimed: true,
  PictureReleased: true,
  PictureRemovalBegun: true,
  PictureRemoved: true,
} as const satisfies Record<PictureEvent['type'], true>;

type To = { readonly pictureId: PictureId; readonly at: Instant };

type UploadPicture = To &
  Picture & { readonly type: 'UploadPicture'; readonly bytes: number; readonly uploaderId: AccountId };

type ClaimPicture = To & { readonly type: 'ClaimPicture'; readonly owner: PictureOwner };

/** `claimedAt`: the claim that the sender has seen. */
type ReleasePicture = To & {
  readonly type: 'ReleasePicture';
  readonly owner: PictureOwner;
  readonly claimedAt: Instant;
};

/** Begins the removal if the picture is due for it. */
type BeginRemoval = To & { readonly type: 'BeginRemoval' };

type FinishRemoval = To & { readonly type: 'FinishRemoval' };

export type PictureCommand = UploadPicture | ClaimPicture | ReleasePicture | BeginRemoval | FinishRemoval;

export type PictureRejection =
  | { readonly code: 'PICTURE_NOT_FOUND'; readonly pictureId: PictureId }
  | { readonly code: 'PICTURE_BEING_REMOVED'; readonly pictureId: PictureId }
  | { readonly code: 'PICTURE_USED_UP'; readonly pictureId: PictureId; readonly max: number };

export type KnownPicture = Omit<Picture, 'pictureId'> & {
  readonly status: 'KEPT' | 'BEING_REMOVED' | 'REMOVED';
  /** The last time. */
  readonly uploadedAt: Instant;
  /** The owners for which it is kept, with the time of the last claim of each. */
  readonly claims: readonly { readonly owner: PictureOwner; readonly claimedAt: Instant }[];
};

export type PictureState = { readonly status: 'NONE' } | KnownPicture;

/** The time for which a picture is kept that nothing names: a day, in which a form with it may be open. */
export const unclaimedPictureMs = 86_400_000 as Millis;

/** The number of owners of one picture. */
export const pictureOwnersMax = 500;

const initial: PictureState = { status: 'NONE' };

const existing = (state: PictureState, event: PictureEvent): KnownPicture => {
  if (state.status === 'NONE') throw new Error(`${event.type} before PictureUploaded`);
  return state;
};

const without = ({ claims }: KnownPicture, owner: PictureOwner): KnownPicture['claims'] =>
  claims.filter((claim) => claim.owner !== owner);

const evolve = (state: PictureState, event: PictureEvent): PictureState => {
  switch (event.type) {
    case 'PictureUploaded': {
      const { thumbnailId, width, height, uploadedAt } = event.data;
      const claims = state.status === 'NONE' ? [] : state.claims;
      return { status: 'KEPT', thumbnailId, width, height, uploadedAt, claims };
    }
    case 'PictureClaimed': {
      const known = existing(state, event);
      const { owner, claimedAt } = event.data;
      return { ...known, claims: [...without(known, owner), { owner, claimedAt }] };
    }
    case 'PictureReleased': {
      const known = existing(state, event);
      return { ...known, claims: without(known, event.data.owner) };
    }
    case 'PictureRemovalBegun':
      return { ...existing(state, event), status: 'BEING_REMOVED' };
    case 'PictureRemoved':
      return { ...existing(state, event), status: 'REMOVED' };
    default:
      return unreachable(event);
  }
};

type PictureDecision = Decision<PictureEvent, PictureRejection>;

const uploadPicture = (command: UploadPicture, state: PictureState): PictureDecision => {
  const { pictureId, thumbnailId, width, height, bytes, uploaderId, at } = command;
  // Its files may vanish after they were stored again.
  if (state.status === 'BEING_REMOVED') return reject({ code: 'PICTURE_BEING_REMOVED', pictureId });
  const isKept = state.status === 'KEPT';
  if (isKept && epochMsOf(state.uploadedAt) >= epochMsOf(at)) return accept();
  // The files of a picture that is kept stay as they are, also where a newer program would make another thumbnail.
  const thumbnail = isKept ? state.thumbnailId : thumbnailId;
  const data = { pictureId, thumbnailId: thumbnail, width, height, bytes, uploaderId, uploadedAt: at };
  return accept({ type: 'PictureUploaded', data });
};

const claimPicture = ({ pictureId, owner, at }: ClaimPicture, state: PictureState): PictureDecision => {
  if (state.status !== 'KEPT') return reject({ code: 'PICTURE_NOT_FOUND', pictureId });
  const claim = state.claims.find((one) => one.owner === owner);
  // A repeat of the command. Another claim counts from now: a release of the earlier one must not end it.
  if (claim !== undefined && epochMsOf(claim.claimedAt) >= epochMsOf(at)) return accept();
  if (claim === undefined && state.claims.length >= pictureOwnersMax)
    return reject({ code: 'PICTURE_USED_UP', pictureId, max: pictureOwnersMax });
  return accept({ type: 'PictureClaimed', data: { pictureId, owner, claimedAt: at } });
};

const releasePicture = (command: ReleasePicture, state: PictureState): PictureDecision => {
  const { pictureId, owner, claimedAt, at } = command;
  if (state.status === 'NONE') return accept();
  const isCurrent = state.claims.some((claim) => claim.owner === owner && claim.claimedAt === claimedAt);
  return isCurrent
    ? accept({ type: 'PictureReleased', data: { pictureId, owner, claim: claimedAt, releasedAt: at } })
    : accept();
};

const beginRemoval = ({ pictureId, at }: BeginRemoval, state: PictureState): PictureDecision => {
  if (state.status !== 'KEPT' || state.claims.length > 0) return accept();
  if (epochMsOf(at) < epochMsOf(state.uploadedAt) + unclaimedPictureMs) return accept();
  return accept({ type: 'PictureRemovalBegun', data: { pictureId, begunAt: at } });
};

const decide = (command: PictureCommand, state: PictureState): PictureDecision => {
  switch (command.type) {
    case 'UploadPicture':
      return uploadPicture(command, state);
    case 'ClaimPicture':
      return claimPicture(command, state);
    case 'ReleasePicture':
      return releasePicture(command, state);
    case 'BeginRemoval':
      return beginRemoval(command, state);
    case 'FinishRemoval': {
      const { pictureId, at } = command;
      return state.status === 'BEING_REMOVED'
        ? accept({ type: 'PictureRemoved', data: { pictureId, removedAt: at } })
        : accept();
    }
    default:
      return unreachable(command);
  }
};

/** An uploaded picture, and what it is kept for. */
export const picture: Decider<PictureState, PictureCommand, PictureEvent, PictureRejection> = {
  category: 'picture',
  initial,
  decide,
  evolve,
  snapshot: plainState(),
};
