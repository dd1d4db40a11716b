import { buildSchema, type GraphQLSchema } from 'graphql';
import { accountMutations, accounts } from './accounts';
import { addresses, addressMutations } from './addresses';
import { carrierMutations, carriers } from './carriers';
import { administration } from './administration';
import { cart, cartMutations } from './cart';
import { catalogue, catalogueMutations } from './catalogue';
import { live } from './live';
import { explanations } from './explanations';
import { figures } from './figures';
import { entriesOf, inputFieldsOf, type Mutations } from './mutation';
import { inputObjectsSdl } from './input-types';
import { operations } from './admin';
import { notificationMutations, notifications } from './notifications';
import { orderMutations, orders } from './orders';
import { parkedWork } from './parked-work';
import { readModelDiff } from './read-model-diff';
import { readModelOperations } from './read-model-operations';
import { payments } from './payments';
import { relay } from './relay';
import { attach } from './resolvers';
import { reviewMutations, reviews } from './reviews';
import { sales } from './sales';
import { sellers } from './sellers';
import { scalars, scalarTypeDefs } from './scalars';
import { shipmentMutations, shipments } from './shipments';
import { simulatedWorld } from './simulated-world';
import { userErrorTypeDefs } from './user-errors';
import { values } from './values';
import { warehouseMutations, warehouses } from './warehouses';
import { worldMutations, worlds } from './worlds';

const concepts = [
  ...[values, relay, catalogue, cart, orders, payments, shipments],
  ...[warehouses, reviews, accounts, sales, figures, sellers, live, operations, carriers, simulatedWorld],
  addresses,
  notifications,
  worlds,
  administration,
  explanations,
  ...[readModelOperations, readModelDiff, parkedWork],
];

/** Every mutation. The compiler refuses a use case without one that is not declared internal. */
export const mutations: Required<Mutations> = {
  ...accountMutations,
  ...addressMutations,
  ...catalogueMutations,
  ...cartMutations,
  ...notificationMutations,
  ...orderMutations,
  ...shipmentMutations,
  ...carrierMutations,
  ...warehouseMutations,
  ...reviewMutations,
  ...worldMutations,
};

/** The public contract, executable. docs/reference/schema.graphql is made from it. */
export const buildEdgeSchema = (): GraphQLSchema => {
  const typeDefs = concepts.map((concept) => concept.typeDefs);
  const inputs = inputObjectsSdl(
    entriesOf(mutations).flatMap(([name, presented]) => inputFieldsOf(name, presented)),
  );
  const schema = buildSchema([scalarTypeDefs, userErrorTypeDefs, inputs, ...typeDefs].join('\n'));
  attach(schema, concepts, scalars);
  return schema;
};

export { readModelsTouchedBy } from './touched-read-models';
