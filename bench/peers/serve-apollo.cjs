// Apollo Server with its standalone server: node serve-apollo.cjs SCHEMA PRODUCTS
const { ApolloServer } = require('@apollo/server');
const { startStandaloneServer } = require('@apollo/server/standalone');
const { readCatalogue, report } = require('./catalogue.cjs');

const [schemaFile, productsFile] = process.argv.slice(2);
const { schema: typeDefs, resolvers } = readCatalogue(schemaFile, productsFile);
startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), {
  listen: { host: '127.0.0.1', port: 0 },
}).then(({ url }) => report(url));
