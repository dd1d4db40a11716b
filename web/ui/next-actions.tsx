import { graphql, type ResultOf } from '../api';

export const nextActionFields = graphql(`
  fragment NextActionFields on NextAction @_unmask {
    action
    shipmentId
    isPossible
    reason
  }
`);

export type NextAction = ResultOf<typeof nextActionFields>;

/** Tests whether the server would accept the action now. */
export const isPossible = (actions: readonly NextAction[], name: NextAction['action']): boolean =>
  actions.some(({ action, isPossible: can }) => action === name && can);

/** The actions that are not possible now, each with the reason of the server. */
export function NotPossible({
  actions,
  title,
  names,
}: {
  readonly actions: readonly NextAction[];
  readonly title: string;
  readonly names: Readonly<Partial<Record<NextAction['action'], string>>>;
}) {
  const shown = actions.filter(({ action, reason }) => reason !== null && names[action] !== undefined);
  if (shown.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul>
        {shown.map(({ action, shipmentId, reason }) => (
          <li key={`${action} ${shipmentId ?? ''}`}>
            {names[action]}: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}
