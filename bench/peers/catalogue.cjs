const { readFileSync } = require('node:fs');

/** The platform's own schema, and resolvers that hand out what is ready in memory: as little work as a server can have. */
exports.readCatalogue = (schemaFile, productsFile) => {
  const products = JSON.parse(readFileSync(productsFile, 'utf8')).map(({ formatted, ...product }) => ({
    ...product,
    price: { ...product.price, formatted },
    availability: { onHand: product.onHand + product.reserved, available: product.onHand },
  }));
  const byId = new Map(products.map((product) => [product.id, product]));
  const resolvers = {
    Query: {
      products: (_root, { first }) => ({
        edges: products.slice(0, first).map((node) => ({ node })),
        pageInfo: { hasNextPage: products.length > first, hasPreviousPage: false },
      }),
      product: (_root, { id }) => byId.get(id) ?? null,
    },
  };
  return { schema: readFileSync(schemaFile, 'utf8'), resolvers };
};

/** Tells the process that forked this one where it listens and, whenever asked, what processor time it has used. */
exports.report = (url) => {
  process.on('message', () => process.send({ cpu: process.cpuUsage() }));
  process.on('disconnect', () => process.exit());
  process.send({ url });
};
