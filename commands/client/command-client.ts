import type { CommandContext } from '../../platform/execution';
import type { Outcome } from '../use-case/outcome';
import type { InputOf, SuccessOf, UseCaseName } from '../registry';

/**
 * A client of the command services, in process or over gRPC. Every transport passes
 * tests/contract/commands.contract.ts.
 */
export interface CommandClient {
  /**
   * @throws Fault `INPUT_INVALID` (names the field), `NOT_AUTHENTICATED`, `NOT_PERMITTED`, `COMMANDS_UNAVAILABLE`,
   *   `DEADLINE_EXCEEDED`, `OVERLOADED`.
   */
  send<Name extends UseCaseName>(
    name: Name,
    input: InputOf<Name>,
    context: CommandContext,
  ): Promise<Outcome<SuccessOf<Name>>>;
  healthy(): boolean;
  close(): Promise<void>;
}
