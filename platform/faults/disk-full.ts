const codes: ReadonlySet<unknown> = new Set([
  'SQLITE_FULL',
  'SQLITE_IOERR_SHMSIZE',
  'ENOSPC',
  'EDQUOT',
  'STORE_FULL',
]);

/** Whether an error, or what caused it, says that a disk is full, or a limit that the process was given on it. */
export const isDiskFull = (error: unknown): boolean => {
  for (
    let cause = error;
    typeof cause === 'object' && cause !== null;
    cause = 'cause' in cause ? cause.cause : null
  )
    if ('code' in cause && codes.has(cause.code)) return true;
  return false;
};
