/** Whether an error is SQLite's, of a disk (or a limit that it was given) that is full. */
export const isDiskFull = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && String(error.code) === 'SQLITE_FULL';
