import type { ReactNode } from 'react';
import { useAfterSalesWords } from '../text/after-sales';
import { Select } from '../ui/form';
import { List, type Connection } from '../ui/list';
import { Moment } from '../ui/moment';
import type { RequestRow } from './request-fields';
import { requestStatuses } from './statuses';
import { useDecisionWords } from './words';

type Status = RequestRow['status'];

/** The choice of the status of the requests that are shown. */
export function StatusFilter({
  status,
  onChange,
}: {
  readonly status: Status | undefined;
  readonly onChange: (chosen: Status | undefined) => void;
}) {
  const words = useDecisionWords();
  return (
    <Select
      name="status"
      label={words.status}
      options={[['', words.every], ...requestStatuses.map((each) => [each, words.statuses[each]] as const)]}
      value={status ?? ''}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
    />
  );
}

/** A page of requests. `linkTo` links to the page of one. */
export function RequestList({
  connection,
  linkTo,
}: {
  readonly connection: Connection<RequestRow>;
  readonly linkTo: (id: string, text: string) => ReactNode;
}) {
  const words = useDecisionWords();
  const { afterSales } = useAfterSalesWords();
  return (
    <List
      caption={words.title}
      connection={connection}
      empty={words.none}
      columns={[
        {
          title: words.request,
          cell: ({ id, orderNumber, number }) => linkTo(id, words.requestOf(orderNumber, number)),
        },
        { title: words.kind, cell: ({ kind }) => afterSales.kinds[kind] },
        { title: words.status, cell: ({ status }) => words.statuses[status] },
        { title: words.requested, cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
        { title: words.due, cell: ({ dueAt }) => (dueAt === null ? '–' : <Moment at={dueAt} />) },
        { title: words.worth, cell: ({ worth }) => worth.formatted, isFigure: true },
      ]}
    />
  );
}
