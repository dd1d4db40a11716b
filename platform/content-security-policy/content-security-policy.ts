/**
 * Returns a Content-Security-Policy by which a page may load only what `allowed` lists, and by default may not be shown in a frame.
 *
 * @param allowed - sources by directive, such as `{ 'connect-src': "'self'" }`.
 */
export const contentSecurityPolicy = (allowed: Readonly<Record<string, string>> = {}): string =>
  Object.entries({
    'default-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    ...allowed,
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
