import { graphql, type ResultOf } from '../api';
import { useTexts } from '../text';

export const nextActionFields = graphql(`
  fragment NextActionFields on NextAction @_unmask {
    action
    shipmentId
    isPossible
    reason
    code
  }
`);

export type NextAction = ResultOf<typeof nextActionFields>;

/** Tests whether the server would accept the action now. */
export const isPossible = (actions: readonly NextAction[], name: NextAction['action']): boolean =>
  actions.some(({ action, isPossible: can }) => action === name && can);

/** Tests whether the server would refuse the action for this reason now. */
export const isRefusedFor = (
  actions: readonly NextAction[],
  name: NextAction['action'],
  code: string,
): boolean => actions.some((each) => each.action === name && each.code === code);

/** The actions that are not possible now, each with the reason of the server in the language of the pages. */
export function NotPossible({
  actions,
  title,
  names,
}: {
  readonly actions: readonly NextAction[];
  readonly title: string;
  readonly names: Readonly<Partial<Record<NextAction['action'], string>>>;
}) {
  const { reasonOf } = useTexts();
  const shown = actions.filter(({ action, reason }) => reason !== null && names[action] !== undefined);
  if (shown.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul>
        {shown.map(({ action, shipmentId, reason, code }) => (
          <li key={`${action} ${shipmentId ?? ''}`}>
            {names[action]}: {reasonOf(code, reason ?? '')}
          </li>
        ))}
      </ul>
    </details>
  );
}
