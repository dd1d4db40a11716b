/** The languages of e-mails: ISO 639-1. */
export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];
