import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTokens } from '../../gateways/graphql';
import type { AccountId } from '../../domain/kernel';
import type { Config } from '../../platform/config';
import { Fault } from '../../platform/faults';
import { uuidV7 } from '../../platform/ids';
import type { OperatedCopy, Operation } from '../../platform/projections';
import { askGraphQL } from '../graphql-client';
import type { Runtime } from '../runtime';
import { Refused } from './refused';

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

type Sent = { readonly mutation: string; readonly input: object };

const sentFor = (operation: Operation): Sent => {
  switch (operation.action) {
    case 'rebuild':
      return {
        mutation: 'rebuildReadModels',
        input: { names: operation.readModels, promotes: operation.promotes },
      };
    case 'pause':
    case 'resume':
      return {
        mutation: `${operation.action}ReadModel`,
        input: { name: operation.readModel, version: operation.version },
      };
    case 'promote':
    case 'retire':
      return { mutation: `${operation.action}ReadModel`, input: { name: operation.readModel } };
    case 'rollback':
      return { mutation: 'rollBackReadModel', input: { name: operation.readModel } };
    case 'replay':
      return { mutation: 'replayParkedEvent', input: { parkedEventId: operation.parkedEventId } };
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
  const { mutation, input } = sentFor(operation);
  const token = await administratorToken(config, runtime);
  const { data, errors } = await askGraphQL(url, documentOf(mutation), { input }, token).catch(
    (cause: unknown) => {
      throw new Fault('READ_MODELS_UNAVAILABLE', `The platform at ${url} does not answer.`, { cause });
    },
  );
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
