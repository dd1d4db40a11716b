import { afterSalesId, at, day, event, of, request, requested } from '../../tests/support/domain/after-sales';
import { given } from '../../tests/support/domain/given';
import type { Picture, PictureId } from '../kernel';
import { afterSales, requestPhotosMax, type AfterSalesCommand } from './';

const photo = (name: string): Picture => ({
  ...{ pictureId: name as PictureId, thumbnailId: 't', width: 8, height: 6 },
});
const remove: AfterSalesCommand = { type: 'RemoveAfterSalesPhotos', afterSalesId, at: day(3) };
const removed = {
  type: 'AfterSalesPhotosRemoved',
  data: { ...of, removedPhotos: ['a'], removedAt: day(3) },
} as const;

describe('the photos of a request', () => {
  it('are recorded with it', () =>
    given(afterSales, [])
      .when(request('RETURN', { photos: [photo('a')] }))
      .then([requested('RETURN', { photos: [photo('a')] })]));

  it('are limited, and named once each', () => {
    const many = Array.from({ length: requestPhotosMax + 1 }, (_, index) => photo(String(index)));
    given(afterSales, [])
      .when(request('RETURN', { photos: many }))
      .thenRejected({ code: 'PICTURES_TOO_MANY', count: many.length, max: requestPhotosMax });
    given(afterSales, [])
      .when(request('RETURN', { photos: [photo('a'), photo('a')] }))
      .thenRejected({ code: 'PICTURE_REPEATED', pictureId: 'a' as PictureId });
  });

  it('are removed in any status, and once', () => {
    const shown = requested('RETURN', { photos: [photo('a')] });
    given(afterSales, [shown])
      .when(remove)
      .then([removed as never]);
    given(afterSales, [shown, event.withdrawn])
      .when(remove)
      .then([removed as never]);
    given(afterSales, [shown, removed as never])
      .when(remove)
      .then([]);
    given(afterSales, [requested()]).when(remove).then([]);
  });

  it('leave the deadline of the request as it is', () => {
    const shown = requested('RETURN', { photos: [photo('a')] });
    const before = afterSales.evolve(afterSales.initial, shown);
    expect(afterSales.evolve(before, removed as never)).toEqual({ ...before, photos: undefined });
    expect(before).toMatchObject({ status: 'REQUESTED', dueAt: day(2) });
    expect(at).toBeDefined();
  });
});
