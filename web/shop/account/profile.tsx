import { useState } from 'react';
import {
  closeSessionsOf,
  graphql,
  openSession,
  rejection,
  renameAccount,
  sessionSelections,
  useAction,
  useRealm,
  useShown,
  type Problem,
  type ResultOf,
} from '../../api';
import { deviceName } from '../../api/device';
import { useLanguage, useTexts } from '../../text';
import { useAccountWords } from '../../text/account';
import { NowSays, settle, useBeginning } from '../../ui/changed';
import { Form, Input, Select, type Typed } from '../../ui/form';
import { Loaded } from '../../ui/states';

const profileQuery = graphql(`
  query OwnProfile {
    me {
      id
      name
      telephone
      language
    }
  }
`);

type Profile = NonNullable<ResultOf<typeof profileQuery>['me']>;

const changeProfile = graphql(
  `
    mutation ChangeProfile($input: ChangeProfileInput!) {
      changeProfile(input: $input) {
        __typename
        ... on ChangeProfileSuccess {
          consistencyToken
          account {
            id
            name
            telephone
            language
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const changePassword = graphql(
  `
    mutation ChangePassword($input: ChangePasswordInput!) {
      changePassword(input: $input) {
        __typename
        ...ChangePasswordSession
        ...Rejection
      }
    }
  `,
  [sessionSelections.changePassword, rejection],
);

function ProfileInputs({ of, problem }: { readonly of: Profile; readonly problem: Problem | undefined }) {
  const { profile, account } = useAccountWords();
  const { languages } = useTexts();
  const shownLanguage = useLanguage();
  return (
    <>
      <Input
        name="name"
        autoComplete="name"
        label={account.name}
        defaultValue={of.name}
        required
        problem={problem}
      />
      <Input
        name="telephone"
        type="tel"
        autoComplete="tel"
        label={profile.telephone}
        defaultValue={of.telephone ?? ''}
        problem={problem}
      />
      <Select
        name="language"
        label={profile.language}
        options={[
          ['en', languages.en],
          ['zh', languages.zh],
        ]}
        value={of.language ?? shownLanguage}
      />
    </>
  );
}

function ProfileForm({
  of,
  onRefused,
}: {
  readonly of: Profile;
  /** Shows the profile as it is now. */
  readonly onRefused: () => void;
}) {
  const { profile, account } = useAccountWords();
  const { languages } = useTexts();
  const { name, telephone, language } = of;
  const action = useAction(changeProfile);
  const [isSaved, setSaved] = useState(false);
  const expected = { name, telephone, language };
  const beginning = useBeginning(expected);
  const save = async (typed: Typed): Promise<void> => {
    setSaved(false);
    const { name: newName = '', telephone: newTelephone = '', language: chosen } = typed;
    const done = await action.run({
      name: newName,
      telephone: newTelephone,
      language: chosen === 'zh' ? 'zh' : 'en',
      expected,
    });
    settle(done, beginning, onRefused);
    if (done === undefined) return;
    setSaved(true);
    // The frame shows the name of the session.
    renameAccount(of.id, newName);
  };
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">{profile.title}</h2>
      <Form
        submit={profile.save}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['name', 'telephone']}
        onSubmit={(typed) => void save(typed)}
      >
        <ProfileInputs key={beginning.key} of={of} problem={action.problem} />
        <NowSays
          problem={action.problem}
          of={[
            [account.name, name],
            [profile.telephone, telephone],
            [profile.language, language && languages[language]],
          ]}
        />
        {isSaved && <p role="status">{profile.saved}</p>}
      </Form>
    </section>
  );
}

/** The profile of the signed-in account, to be changed. */
export function OwnProfile() {
  const shown = useShown(profileQuery, {});
  return (
    <Loaded shown={shown}>
      {({ me }) => me && <ProfileForm key={me.id} of={me} onRefused={shown.reload} />}
    </Loaded>
  );
}

/** Changes the password. This browser gets a new session in this area, and all other sessions end. */
export function ChangePassword() {
  const { profile, account } = useAccountWords();
  const realm = useRealm();
  const action = useAction(changePassword);
  const [isChanged, setChanged] = useState(false);
  const change = async ({ currentPassword = '', newPassword = '' }: Typed): Promise<boolean> => {
    setChanged(false);
    const opened = await action.run({ currentPassword, newPassword, device: deviceName() });
    if (opened === undefined) return false;
    openSession(realm, opened);
    closeSessionsOf(opened.account.id, realm);
    setChanged(true);
    return true;
  };
  return (
    <section aria-labelledby="change-password">
      <h2 id="change-password">{profile.passwordTitle}</h2>
      <Form
        submit={profile.changePassword}
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={(typed, form) =>
          void change(typed).then((isDone) => {
            if (isDone) form.reset();
          })
        }
      >
        <Input
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          label={profile.currentPassword}
          required
        />
        <Input
          name="newPassword"
          type="password"
          autoComplete="new-password"
          label={profile.newPassword}
          help={account.passwordHelp}
          required
        />
        {isChanged && <p role="status">{profile.passwordChanged}</p>}
      </Form>
    </section>
  );
}
