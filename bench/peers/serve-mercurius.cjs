// Fastify and Mercurius as they come: node serve-mercurius.cjs SCHEMA PRODUCTS [compile after so many runs]
const Fastify = require('fastify');
const mercurius = require('mercurius');
const { readCatalogue, report } = require('./catalogue.cjs');

const [schemaFile, productsFile, compileAfter] = process.argv.slice(2);
const app = Fastify();
app.register(mercurius, {
  ...readCatalogue(schemaFile, productsFile),
  ...(compileAfter ? { jit: Number(compileAfter) } : {}),
});
app.listen({ host: '127.0.0.1', port: 0 }).then((url) => report(`${url}/graphql`));
