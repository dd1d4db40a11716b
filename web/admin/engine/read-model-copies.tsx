/** The states of a copy of a read model, in words. */
export const readModelStates = {
  LIVE: 'Live',
  CATCHING_UP: 'Catching up',
  PAUSED: 'Paused',
  FAILED: 'Failed',
} as const;

type Copy = {
  readonly version: number;
  readonly state: keyof typeof readModelStates;
  readonly done: number;
  readonly total: number;
  readonly eventsPerSecond: number;
  readonly etaSeconds: number | null;
};

/** The progress of the copy that is built or kept beside the one that is shown. */
export function OtherCopy({ of, name }: { readonly of: Copy; readonly name: string }) {
  const { version, state, done, total, eventsPerSecond, etaSeconds } = of;
  return (
    <div>
      <progress aria-label={`Rebuild of ${name}`} value={done} max={Math.max(total, 1)} /> Version {version}:{' '}
      {readModelStates[state]}, {done.toLocaleString()} of {total.toLocaleString()} events,{' '}
      {Math.round(eventsPerSecond).toLocaleString()} in a second
      {etaSeconds !== null && `, ${Math.ceil(etaSeconds).toLocaleString()} s left`}
    </div>
  );
}
