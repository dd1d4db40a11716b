import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { contentSecurityPolicy } from '../../platform/content-security-policy';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
textarea { width: 100%; min-height: 14rem; box-sizing: border-box }
textarea, pre, code { font: 14px/1.4 ui-monospace, monospace }
pre { padding: 1rem; overflow: auto; border: 1px solid #8886; border-radius: 4px }
label { display: block; margin-top: 1rem } input { width: 100%; box-sizing: border-box }
button { margin-top: 1rem; padding: .4rem 1.2rem }
`;

/** Returns a page that is whole without a network. */
export const createPage = (title: string, body: string, script = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
${script === '' ? '' : `<script>${script}</script>`}
</body>
</html>
`;

const graphiqlScript = `
const get = (id) => document.getElementById(id);
get('token').value = sessionStorage.getItem('token') ?? '';
const run = async () => {
  const headers = { 'content-type': 'application/json' };
  const token = get('token').value.trim();
  sessionStorage.setItem('token', token);
  if (token !== '') headers.authorization = 'Bearer ' + token;
  try {
    const variables = get('variables').value.trim();
    const body = JSON.stringify({ query: get('query').value, variables: variables === '' ? null : JSON.parse(variables) });
    const response = await fetch('/graphql', { method: 'POST', headers, body });
    get('answer').textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    get('answer').textContent = String(error);
  }
};
get('run').addEventListener('click', run);
document.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run(); });
`;

const graphiql = createPage(
  'Waybill: try the API',
  `<h1>Try the API</h1>
<label for="query">Operation (Ctrl+Enter runs it)</label>
<textarea id="query" spellcheck="false">{
  products(first: 5) {
    edges {
      node {
        id
        name
        price { formatted }
        availability { available }
      }
    }
  }
}</textarea>
<label for="variables">Variables (JSON)</label>
<input id="variables" spellcheck="false">
<label for="token">Access token, from signUp or logIn</label>
<input id="token" type="password" autocomplete="off">
<button id="run" type="button">Run</button>
<pre id="answer" aria-live="polite"></pre>`,
  graphiqlScript,
);

const hash = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

const policy = contentSecurityPolicy({
  'style-src': hash(style),
  'script-src': hash(graphiqlScript),
  'connect-src': "'self'",
});

/** Serves a page of `createPage`. */
export const servePage = (app: FastifyInstance, url: string, html: () => string): void => {
  app.get(url, (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .send(html()),
  );
};

/** Serves a place to try the API. */
export const registerPages = (app: FastifyInstance): void => servePage(app, '/graphiql', () => graphiql);
