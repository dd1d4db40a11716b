const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS/, 'macOS'],
  [/Linux/, 'Linux'],
];

const firstOf = (known: typeof browsers, agent: string): string | undefined =>
  known.find(([pattern]) => pattern.test(agent))?.[1];

/** Returns the name of this browser and its system, as in `Firefox on Linux`, for the list of sessions. */
export const deviceName = (agent: string = navigator.userAgent): string | undefined =>
  [firstOf(browsers, agent), firstOf(systems, agent)].filter(Boolean).join(' on ') || undefined;
