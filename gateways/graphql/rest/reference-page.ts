import { rejections, type RejectionCode } from '../../../commands/rejections';
import { escapeHtml } from '../../../platform/html';
import { requestErrors } from '../operations/request-errors';
import type { Json } from './openapi';
import type { CompiledRoute } from './rest-route';

/** Returns text of Markdown with code in backticks as HTML. */
const prose = (text: string): string => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const json = (value: unknown): string => `<pre>${escapeHtml(JSON.stringify(value, undefined, 2))}</pre>`;

const parameterRow = ({ name, description }: CompiledRoute['pathParameters'][number]): string =>
  `<li><code>${name}</code>: ${prose(description ?? '')}</li>`;

const section = (route: CompiledRoute, prefix: string, operation: Json): string => {
  const parameters = [...route.pathParameters, ...route.queryParameters];
  const list = parameters.length === 0 ? '' : `<ul>${parameters.map(parameterRow).join('')}</ul>`;
  const codes = route.rejections.length === 0 ? '' : ' Rejections are listed by status.';
  return `<h2 id="${route.field}"><code>${route.method} ${prefix}${route.path}</code></h2>
<p>${prose(route.summary)}</p>
${list}
${operation['requestBody'] === undefined ? '' : `<details><summary>Body</summary>${json(operation['requestBody'])}</details>`}
<details><summary>Answers</summary><p>Success and problems.${codes}</p>${json(operation['responses'])}</details>`;
};

const codeRow = (code: string, text: string): string =>
  `<dt id="${code}"><code>${code}</code></dt><dd>${prose(text)}</dd>`;

/** Returns the body of the page about the routes: it needs no script and no network. */
export const referenceBody = (routes: readonly CompiledRoute[], prefix: string, openApi: Json): string => {
  const paths = openApi['paths'] as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  const codes = [
    ...(Object.keys(rejections) as RejectionCode[]).map((code) =>
      codeRow(code, `${rejections[code].why} ${rejections[code].remedy}`),
    ),
    ...Object.entries(requestErrors).map(([code, text]) => codeRow(code, text)),
  ];
  return `<h1>REST routes</h1>
<p>${prose((openApi['info'] as { readonly description: string }).description)}
The same as a document for programs: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<ul>${routes.map((route) => `<li><a href="#${route.field}">${route.method} ${prefix}${route.path}</a></li>`).join('')}</ul>
${routes.map((route) => section(route, prefix, paths[route.path]?.[route.method.toLowerCase()] ?? {})).join('\n')}
<h2>Codes</h2>
<dl>${codes.join('\n')}</dl>`;
};
