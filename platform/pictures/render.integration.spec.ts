import sharp from 'sharp';
import { badPictures, greyPng, photo } from '../../tests/support/pictures/samples';
import { fileNameOf } from '../files';
import { PictureRefused } from './refused';
import { renderPicture } from './render';

const pageOf = async (bytes: Buffer): Promise<Buffer> => {
  const { page, files } = await renderPicture(bytes);
  return files.get(page) ?? Buffer.alloc(0);
};

const refusalOf = (bytes: Buffer): Promise<unknown> =>
  renderPicture(bytes).then(
    () => 'taken',
    (error: unknown) => (error instanceof PictureRefused ? error.code : error),
  );

describe('an uploaded picture', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('of the type %s is written again as WebP', async (type) => {
    const rendered = await renderPicture(await photo(type));
    expect(rendered).toMatchObject({ width: 600, height: 400 });
    const page = rendered.files.get(rendered.page) ?? Buffer.alloc(0);
    const thumbnail = rendered.files.get(rendered.thumbnail) ?? Buffer.alloc(0);
    expect(rendered.page).toBe(fileNameOf(page));
    expect(rendered.thumbnail).toBe(fileNameOf(thumbnail, rendered.page));
    expect(await sharp(page).metadata()).toMatchObject({ format: 'webp', width: 600, height: 400 });
    expect(await sharp(thumbnail).metadata()).toMatchObject({ format: 'webp', width: 400, height: 267 });
  });

  it('has the same id each time, and another one than another picture', async () => {
    const one = await renderPicture(await photo('jpeg'));
    expect((await renderPicture(await photo('jpeg'))).page).toBe(one.page);
    expect((await renderPicture(await photo('jpeg', { seed: 1 }))).page).not.toBe(one.page);
  });

  it('loses what says where and by which person it was taken', async () => {
    const bytes = await photo('jpeg');
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const page = await pageOf(bytes);
    const { exif, icc, xmp, iptc } = await sharp(page).metadata();
    expect([exif, icc, xmp, iptc]).toEqual([undefined, undefined, undefined, undefined]);
    expect(page.includes('Ada')).toBe(false);
  });

  it('is turned as it says, and no longer says so', async () => {
    const page = await pageOf(await photo('jpeg', { orientation: 6 }));
    const { width, height, orientation } = await sharp(page).metadata();
    expect([width, height, orientation]).toEqual([400, 600, undefined]);
    // The left half, which is red, is at the top now.
    const { data, info } = await sharp(page).raw().toBuffer({ resolveWithObject: true });
    expect(data[0]).toBeGreaterThan(150);
    expect(data[(info.width * info.height - 1) * info.channels]).toBeLessThan(100);
  });

  it('is made smaller, and never larger', async () => {
    expect(await renderPicture(await photo('jpeg', { width: 3_200, height: 1_000 }))).toMatchObject({
      ...{ width: 1_600, height: 500 },
    });
    expect(await renderPicture(await photo('png', { width: 20, height: 10 }))).toMatchObject({
      ...{ width: 20, height: 10 },
    });
  });

  it('is refused with a reason where it is none', async () => {
    for (const [what, bytes, code] of await badPictures())
      expect([what, await refusalOf(bytes)]).toEqual([what, code]);
  });

  it('is a bomb where its header says so, before it takes memory', async () => {
    const bomb = greyPng(16_000, 16_000);
    const before = process.memoryUsage().rss;
    expect(await refusalOf(bomb)).toBe('PICTURE_DIMENSIONS_REFUSED');
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });
});
