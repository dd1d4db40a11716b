import { given } from '../tests/support/domain/given';
import { later, type AccountId, type Instant, type Millis, type PictureId, type ProductId } from './kernel';
import {
  picture,
  pictureOwnersMax,
  unclaimedPictureMs,
  type PictureCommand,
  type PictureEvent,
} from './picture';

const pictureId = 'a'.repeat(64) as PictureId;
const uploaderId = 'sam' as AccountId;
const owner = `product:${'mug' as ProductId}` as const;
const at = '2026-11-30T09:00:00.000Z' as Instant;
const next = later(at, 1_000 as Millis);
const nextDay = later(at, unclaimedPictureMs);
const facts = { thumbnailId: 'b'.repeat(64), width: 1_600, height: 1_200, bytes: 90_000, uploaderId };

const upload = (when: Instant): PictureCommand => ({
  ...{ type: 'UploadPicture', pictureId, ...facts, at: when },
});
const uploaded = (when: Instant): PictureEvent => ({
  type: 'PictureUploaded',
  data: { pictureId, ...facts, uploadedAt: when },
});
const claim = (when: Instant): PictureCommand => ({ type: 'ClaimPicture', pictureId, owner, at: when });
const claimed = (when: Instant): PictureEvent => ({
  type: 'PictureClaimed',
  data: { pictureId, owner, claimedAt: when },
});
const release = (claimedAt: Instant): PictureCommand => ({
  ...{ type: 'ReleasePicture', pictureId, owner, claimedAt, at: nextDay },
});
const released = (claimedAt: Instant): PictureEvent => ({
  type: 'PictureReleased',
  data: { pictureId, owner, claim: claimedAt, releasedAt: nextDay },
});
const begin = (when: Instant): PictureCommand => ({ type: 'BeginRemoval', pictureId, at: when });
const begun: PictureEvent = { type: 'PictureRemovalBegun', data: { pictureId, begunAt: nextDay } };
const finish: PictureCommand = { type: 'FinishRemoval', pictureId, at: nextDay };
const removed: PictureEvent = { type: 'PictureRemoved', data: { pictureId, removedAt: nextDay } };

describe('UploadPicture', () => {
  it('records it', () =>
    given(picture, [])
      .when(upload(at))
      .then([uploaded(at)]));

  it('keeps it for a further time when it comes again, and keeps its thumbnail', () =>
    given(picture, [uploaded(at)])
      .when({ ...upload(next), thumbnailId: 'c'.repeat(64) } as PictureCommand)
      .then([uploaded(next)]));

  it('waits for a removal', () =>
    given(picture, [uploaded(at), begun])
      .when(upload(nextDay))
      .thenRejected({ code: 'PICTURE_BEING_REMOVED', pictureId }));

  it('records one that was removed', () =>
    given(picture, [uploaded(at), begun, removed])
      .when(upload(nextDay))
      .then([uploaded(nextDay)]));
});

describe('ClaimPicture', () => {
  it('keeps the picture for its owner', () =>
    given(picture, [uploaded(at)])
      .when(claim(next))
      .then([claimed(next)]));

  it('counts from the last time', () =>
    given(picture, [uploaded(at), claimed(at)])
      .when(claim(next))
      .then([claimed(next)]));

  it.each([
    ['there is none', []],
    ['it is being removed', [uploaded(at), begun]],
    ['it was removed', [uploaded(at), begun, removed]],
  ])('finds no picture where %s', (_, history) =>
    given(picture, history).when(claim(nextDay)).thenRejected({ code: 'PICTURE_NOT_FOUND', pictureId }),
  );

  it('is limited in the number of owners, but not for one of them', () => {
    const others = Array.from({ length: pictureOwnersMax - 1 }, (_, number): PictureEvent => ({
      type: 'PictureClaimed',
      data: { pictureId, owner: `product:${`p${number}` as ProductId}`, claimedAt: at },
    }));
    const another = { ...claim(next), owner: `product:${'pot' as ProductId}` } as PictureCommand;
    given(picture, [uploaded(at), ...others, claimed(at)])
      .when(another)
      .thenRejected({ code: 'PICTURE_USED_UP', pictureId, max: pictureOwnersMax });
    given(picture, [uploaded(at), ...others, claimed(at)])
      .when(claim(next))
      .then([claimed(next)]);
  });
});

describe('ReleasePicture', () => {
  it('ends the claim that was seen', () =>
    given(picture, [uploaded(at), claimed(at)])
      .when(release(at))
      .then([released(at)]));

  it('leaves a newer claim alone', () =>
    given(picture, [uploaded(at), claimed(at), claimed(next)])
      .when(release(at))
      .then([]));
});

describe('a removal', () => {
  it('begins a day after the last upload', () => {
    given(picture, [uploaded(at)])
      .when(begin(nextDay))
      .then([begun]);
    given(picture, [uploaded(at), uploaded(next)])
      .when(begin(nextDay))
      .then([]);
    given(picture, [uploaded(at)])
      .when(begin(next))
      .then([]);
  });

  it('never begins while an owner has claimed the picture', () => {
    given(picture, [uploaded(at), claimed(at)])
      .when(begin(nextDay))
      .then([]);
    given(picture, [uploaded(at), claimed(at), released(at)])
      .when(begin(nextDay))
      .then([begun]);
  });

  it('ends once', () => {
    given(picture, [uploaded(at), begun])
      .when(finish)
      .then([removed]);
    given(picture, [uploaded(at)])
      .when(finish)
      .then([]);
  });
});
