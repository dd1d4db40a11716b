import { createContext, runInContext } from 'node:vm';
import type { FlatModel } from '../../platform/read-models/flat';
import { UsageError } from '../program/command';

/** A request of a script to the database. */
type Request =
  | { readonly kind: 'version'; readonly source: string }
  | { readonly kind: 'rows'; readonly model: FlatModel; readonly pipeline: readonly object[] };

/** The answers to the requests of a script. */
export type ScriptAnswers = {
  readonly versionOf: (source: string) => Promise<number | undefined>;
  readonly rowsOf: (model: FlatModel, pipeline: readonly object[]) => Promise<readonly object[]>;
};

/** Thrown into a script at a request whose answer is not there yet. */
class Pending extends Error {
  constructor(readonly request: Request) {
    super('Waits for the database');
  }
}

const REQUESTS_MAX = 50;
const RUN_WITHIN_MS = 2_000;

const flatName = /^flat_(?<model>[a-z_]+)_v\d+$/;

/** The `db` of mongosh, as far as a question needs it: the serving versions, and aggregations over flat collections. */
const databaseOf = (models: readonly FlatModel[], answerOf: (request: Request) => unknown): object => ({
  promoted: {
    findOne: ({ _id: source }: { readonly _id: string }) => {
      const version = answerOf({ kind: 'version', source }) as number | undefined;
      return version === undefined ? null : { _id: source, version };
    },
  },
  getCollection: (name: string) => {
    const wanted = flatName.exec(name)?.groups?.['model'];
    const model = models.find((one) => one.name === wanted);
    if (model === undefined)
      throw new UsageError(`"${name}" is no flat collection. The models: waybill query --describe.`);
    return {
      aggregate: (pipeline: readonly object[]) => ({
        toArray: () => answerOf({ kind: 'rows', model, pipeline: structuredClone(pipeline) }),
      }),
    };
  },
});

/**
 * Runs a script for mongosh and returns the value of its last statement. The driver answers later and mongosh at once, so the
 * script is run again from its start whenever an answer has come; until then it stops at the request.
 *
 * @throws UsageError for an error of the script.
 */
export const runMongoScript = async (
  text: string,
  models: readonly FlatModel[],
  answers: ScriptAnswers,
): Promise<readonly object[]> => {
  const known = new Map<string, string>();
  const keyOf = (request: Request): string =>
    JSON.stringify(request.kind === 'rows' ? [request.model.name, request.pipeline] : [request.source]);
  const answerOf = (request: Request): unknown => {
    const answer = known.get(keyOf(request));
    if (answer === undefined) throw new Pending(request);
    return answer === '' ? undefined : JSON.parse(answer);
  };
  for (let asked = 0; asked < REQUESTS_MAX; asked += 1) {
    try {
      const context = createContext(
        { db: databaseOf(models, answerOf) },
        { codeGeneration: { strings: false, wasm: false } },
      );
      const result: unknown = runInContext(text, context, { timeout: RUN_WITHIN_MS });
      if (!Array.isArray(result))
        throw new UsageError('The last statement of the script must be a list of rows.');
      return JSON.parse(JSON.stringify(result)) as readonly object[];
    } catch (error) {
      if (!(error instanceof Pending))
        throw error instanceof UsageError ? error : new UsageError(String(error));
      const { request } = error;
      const answer =
        request.kind === 'version'
          ? await answers.versionOf(request.source)
          : await answers.rowsOf(request.model, request.pipeline);
      known.set(keyOf(request), answer === undefined ? '' : JSON.stringify(answer));
    }
  }
  throw new UsageError(`The script asks the database more than ${REQUESTS_MAX} times.`);
};
