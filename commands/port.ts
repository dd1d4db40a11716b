/** The types of the command services, for imports by their earlier path. */
export type { CommandClient, InputOf, Outcome, SessionGranted, SuccessOf, UseCaseName } from '.';
