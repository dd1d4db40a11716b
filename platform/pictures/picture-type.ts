const startsWith = (bytes: Buffer, text: string, at = 0): boolean =>
  bytes.subarray(at, at + text.length).equals(Buffer.from(text, 'latin1'));

/** Returns the type of a picture by its first bytes, not by its name; undefined for all that is not accepted. */
export const pictureTypeOf = (bytes: Buffer): 'jpeg' | 'png' | 'webp' | undefined => {
  if (startsWith(bytes, '\xff\xd8\xff')) return 'jpeg';
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return 'png';
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8)) return 'webp';
  return undefined;
};

/** Tests whether a PNG is animated: its control chunk comes before the picture. The decoder would silently take the first frame. */
export const isAnimatedPng = (bytes: Buffer): boolean => {
  const control = bytes.indexOf('acTL', 8, 'latin1');
  const data = bytes.indexOf('IDAT', 8, 'latin1');
  return control !== -1 && (data === -1 || control < data);
};
