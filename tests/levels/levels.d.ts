export type Level = 'unit' | 'integration' | 'e2e' | 'engine';
export declare const endings: Readonly<Record<Exclude<Level, 'unit'>, string>>;
export declare const patterns: Readonly<Record<Level, readonly string[]>>;
export declare const levelOf: (file: string) => Level;
