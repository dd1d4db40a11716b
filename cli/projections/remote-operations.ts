import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTokens } from '../../gateways/graphql';
import type { AccountId } from '../../domain/kernel';
import type { Config } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { uuidV7 } from '../../platform/ids';
import type { OperatedCopy, Operation } from '../../platform/projections';
import { askGraphQL } from '../program/graphql-client';
import type { Runtime } from '../program/runtime';
import { Refused } from './refused';

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const mutations = {
  rebuild: 'rebuildReadModels',
  pause: 'pauseReadModel',
  resume: 'resumeReadModel',
  promote: 'promoteReadModel',
  retire: 'retireReadModel',
  rollback: 'rollBackReadModel',
  replay: 'replayParkedEvent',
} as const satisfies Record<Operation['action'], string>;

const inputFor = (operation: Operation): object => {
  switch (operation.action) {
    case 'rebuild':
      return { names: operation.readModels, promotes: operation.promotes, budget: operation.budget };
    case 'pause':
    case 'resume':
      return { name: operation.readModel, version: operation.version };
    case 'promote':
    case 'retire':
    case 'rollback':
      return { name: operation.readModel };
    case 'replay':
      return { parkedEventId: operation.parkedEventId };
  }
};

const documentOf = (mutation: string): string => `
  mutation Operate($input: ${pascal(mutation)}Input!) {
    result: ${mutation}(input: $input) {
      __typename
      ... on ${pascal(mutation)}Success { projections { name version rebuild { version } } }
      ... on UserError { code message }
    }
  }`;

/** Every document that the command line sends to a running platform. */
export const remoteDocuments: readonly string[] = Object.values(mutations).map(documentOf);

type Result =
  | { readonly code: string; readonly message: string }
  | {
      readonly projections: readonly {
        readonly name: string;
        readonly version: number;
        readonly rebuild: { readonly version: number } | null;
      }[];
    };

/** Returns an access token of an administrator, which only who can read the secrets of the installation can make. */
const administratorToken = async (
  { tokenSecret, dataDir }: Pick<Config, 'tokenSecret' | 'dataDir'>,
  { clock, random }: Runtime,
): Promise<string> => {
  const secret =
    tokenSecret?.[0] ?? (await readFile(join(dataDir, 'secrets', 'access-tokens'), 'utf8')).trim();
  const { accessToken } = await createTokens({ secrets: [secret] }, clock).issue({
    id: uuidV7(clock, random) as AccountId,
    email: 'command-line@localhost',
    name: 'waybill projections',
    roles: ['administrator'],
    realm: 'platform',
  });
  return accessToken;
};

/** Sends an operation to the platform that runs on the data directory. */
export const performRemotely = async (
  operation: Operation,
  url: string,
  {
    config,
    runtime,
  }: { readonly config: Pick<Config, 'tokenSecret' | 'dataDir'>; readonly runtime: Runtime },
): Promise<readonly OperatedCopy[]> => {
  const token = await administratorToken(config, runtime);
  const document = documentOf(mutations[operation.action]);
  const variables = { input: inputFor(operation) };
  const { data, errors } = await askGraphQL(url, document, variables, token).catch((cause: unknown) => {
    throw new Fault('READ_MODELS_UNAVAILABLE', `The platform at ${url} does not answer.`, { cause });
  });
  const result = data?.['result'] as Result | null | undefined;
  if (!result) {
    const why = errors?.map(({ message }) => message).join(' ') ?? 'It does not serve GraphQL.';
    throw new Fault('READ_MODELS_UNAVAILABLE', `The platform at ${url} has not done it: ${why}`);
  }
  if ('code' in result) throw new Refused(result.code, result.message);
  const copies = result.projections.map(({ name, version, rebuild }) => ({
    readModel: name,
    version: operation.action === 'rebuild' ? (rebuild?.version ?? version) : version,
  }));
  if (operation.action !== 'rebuild') return copies;
  return operation.readModels.flatMap((name) => copies.filter(({ readModel }) => readModel === name));
};
