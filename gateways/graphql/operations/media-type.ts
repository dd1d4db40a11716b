/** The media types of answers: what GraphQL over HTTP defines, and plain JSON for clients that do not know it. */
export type AnswerType = {
  readonly contentType: string;
  /** The status of a request that is well-formed and whose document is refused. */
  readonly refusedStatus: 200 | 400;
};

const graphqlResponse: AnswerType = {
  contentType: 'application/graphql-response+json; charset=utf-8',
  refusedStatus: 400,
};
const namedJson: AnswerType = { contentType: 'application/json; charset=utf-8', refusedStatus: 200 };
/** For clients that name no type: the status shows scripts that nothing was executed. */
const assumedJson: AnswerType = { ...namedJson, refusedStatus: 400 };

const QUALITY = /^q=(\d(?:\.\d{1,3})?)$/i;

/**
 * Returns the quality of a type in the `Accept` header, from 0 to 1; undefined if the header does not name the type.
 */
const qualityOf = (accept: string, wanted: string): number | undefined => {
  for (const range of accept.split(',')) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim());
    if (type?.toLowerCase() !== wanted) continue;
    const quality = parameters.map((parameter) => QUALITY.exec(parameter)?.[1]).find(Boolean);
    return quality === undefined ? 1 : Number(quality);
  }
  return undefined;
};

/** Returns the type that the `Accept` header prefers: plain JSON if it names neither of the two. */
export const answerTypeOf = (accept: string | undefined): AnswerType => {
  const graphql = qualityOf(accept ?? '', 'application/graphql-response+json') ?? 0;
  const json = qualityOf(accept ?? '', 'application/json') ?? 0;
  if (graphql > 0 && graphql >= json) return graphqlResponse;
  return json > 0 ? namedJson : assumedJson;
};
