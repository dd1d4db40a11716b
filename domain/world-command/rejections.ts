import type { WorldCommandId } from '../kernel';

export type WorldCommandRejection =
  | { readonly code: 'WORLD_COMMAND_NOT_FOUND'; readonly worldCommandId: WorldCommandId }
  /** Another message of the World's was its outcome. */
  | {
      readonly code: 'WORLD_COMMAND_ALREADY_SETTLED';
      readonly worldCommandId: WorldCommandId;
      readonly answerSeqnum: string;
    };
