const codes: ReadonlySet<unknown> = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR_SHMSIZE',
  'ENOSPC',
  'EDQUOT',
  'STORE_FULL',
]);

/** Tests whether an error, or its cause, says that a disk or the process' quota on it is full. */
export const isDiskFull = (error: unknown): boolean => {
  for (
    let cause = error;
    typeof cause === 'object' && cause !== null;
    cause = 'cause' in cause ? cause.cause : null
  )
    if ('code' in cause && codes.has(cause.code)) return true;
  return false;
};
