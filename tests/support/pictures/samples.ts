import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

const WIDTH = 600;
const HEIGHT = 400;

/** A picture with a gradient and a place where it was taken; its left half is red. @param seed - other pictures for other numbers. */
export const photo = async (
  type: 'jpeg' | 'png' | 'webp',
  { width = WIDTH, height = HEIGHT, seed = 0, orientation = 1 } = {},
): Promise<Buffer> => {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at += 1) {
    const isLeft = at % width < width / 2;
    pixels[at * 3] = isLeft ? 220 : 20;
    pixels[at * 3 + 1] = (seed * 37) % 256;
    pixels[at * 3 + 2] = isLeft ? 20 : 200;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Copyright: 'taken by Ada' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation })
    .toFormat(type)
    .toBuffer();
};

const crcTable = Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});

const crcOf = (bytes: Buffer): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};

const chunk = (type: string, content: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crcOf(body));
  return Buffer.concat([length, body, crc]);
};

const header = (width: number, height: number): Buffer => {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  // Eight bits of grey.
  content[8] = 8;
  return chunk('IHDR', content);
};

const pngOf = (...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks, chunk('IEND', Buffer.alloc(0))]);

/** A PNG that says it is so large, whose content is the compressed zeros of `rows` rows. */
export const greyPng = (width: number, height: number, rows = height): Buffer =>
  pngOf(header(width, height), chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * rows))));

/** A PNG whose control chunk says that it is an animation. */
export const animatedPng = (): Buffer =>
  pngOf(
    header(16, 16),
    chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0])),
    chunk('IDAT', deflateSync(Buffer.alloc(17 * 16))),
  );

const svg = (inside: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64">${inside}</svg>`);

/** Files that are no acceptable picture, by what they try, with the code of the refusal. */
export const badPictures = async (): Promise<readonly (readonly [string, Buffer, string])[]> => {
  const jpeg = await photo('jpeg');
  const frames = await sharp(
    [await photo('png', { seed: 1, width: 64, height: 64 }), await photo('png', { width: 64, height: 64 })],
    { join: { animated: true } },
  )
    .webp({ loop: 0, delay: [100, 100] })
    .toBuffer();
  const zip = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), deflateSync(Buffer.alloc(1_000_000))]);
  return [
    ['nothing', Buffer.alloc(0), 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['text', Buffer.from('no picture'), 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['HTML with a script', Buffer.from('<script>alert(1)</script>'), 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['an SVG with a script', svg('<script>alert(1)</script>'), 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['an SVG that reads a file', svg('<image href="file:///etc/passwd"/>'), 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['a zip', zip, 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1'), 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['a TIFF', Buffer.from('II*\x00\x08\x00\x00\x00', 'latin1'), 'PICTURE_TYPE_NOT_SUPPORTED'],
    ['an animated WebP', frames, 'PICTURE_ANIMATED'],
    ['an animated PNG', animatedPng(), 'PICTURE_ANIMATED'],
    [
      'an SVG behind the first bytes of a JPEG',
      Buffer.concat([jpeg.subarray(0, 3), svg('')]),
      'PICTURE_UNREADABLE',
    ],
    ['the first half of a JPEG', jpeg.subarray(0, jpeg.length / 2), 'PICTURE_UNREADABLE'],
    ['a PNG without its pixels', greyPng(64, 64, 2), 'PICTURE_UNREADABLE'],
    ['a RIFF of nothing', Buffer.from('RIFF\x04\x00\x00\x00WEBP', 'latin1'), 'PICTURE_UNREADABLE'],
    ['a bomb of 400 million pixels', greyPng(20_000, 20_000), 'PICTURE_DIMENSIONS_REFUSED'],
    ['a line of pixels', greyPng(4_000, 1), 'PICTURE_DIMENSIONS_REFUSED'],
    ['more than 8 MiB', Buffer.concat([jpeg, Buffer.alloc(8 * 1024 * 1024)]), 'PICTURE_TOO_LARGE'],
  ];
};
