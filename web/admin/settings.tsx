import { graphql, useShown } from '../api';
import { Table } from '../ui/list';
import { ForAccount, Page } from '../ui/page';
import { Loaded } from '../ui/states';

const settingsQuery = graphql(`
  query Settings {
    settings {
      name
      value
      help
      isSecret
    }
  }
`);

function SettingsTable() {
  const shown = useShown(settingsQuery, {});
  return (
    <Page title="Settings">
      <p>
        The settings of the process that answers, as its environment and the defaults make them. Change them
        in the environment, and start the process again.
      </p>
      <Loaded shown={shown}>
        {({ settings }) => (
          <Table
            caption="Settings"
            rows={settings ?? []}
            keyOf={({ name }) => name}
            columns={[
              { title: 'Variable', cell: ({ name }) => <code>{name}</code> },
              {
                title: 'Value',
                cell: ({ value, isSecret }) => (isSecret ? 'Set; it is a secret' : (value ?? '–')),
              },
              { title: 'Meaning', cell: ({ help }) => help },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

/** The settings of the process, without secrets. For administrators. */
export function SettingsPage() {
  return (
    <ForAccount permission="settings:read">
      <SettingsTable />
    </ForAccount>
  );
}
