import { buildSchema, type GraphQLSchema } from 'graphql';
import { accountMutations, accounts } from './accounts';
import { addresses, addressMutations } from './addresses';
import { afterSales, afterSalesMutations } from './after-sales';
import { carrierMutations, carriers } from './carriers';
import { administration } from './administration';
import { cart, cartMutations } from './cart';
import { catalogue, catalogueMutations } from './catalogue';
import { deliveryNotes } from './delivery-notes';
import { live } from './live';
import { explanations } from './explanations';
import { figures } from './figures';
import { entriesOf, inputFieldsOf, type Mutations } from './mutation';
import { inputObjectsSdl } from './input-types';
import { invoices } from './invoices';
import { operations } from './admin';
import { moderation, moderationMutations } from './moderation';
import { erasures } from './erasures';
import { merchantMutations, merchants } from './merchants';
import { notificationMutations, notifications } from './notifications';
import { orderMutations, orders } from './orders';
import { orderVocabulariesConcept } from './order-vocabularies';
import { ownDataCopy } from './own-data';
import { parkedWork } from './parked-work';
import { invariants } from './invariants';
import { readModelDiff } from './read-model-diff';
import { readModelOperations } from './read-model-operations';
import { postMutations, posts } from './posts';
import { payments } from './payments';
import { productFamilies, productFamilyMutations } from './product-families';
import { promotionMutations, promotions } from './promotions';
import { relay } from './relay';
import { attach } from './resolvers';
import { paymentReconciliationConcept } from './payment-reconciliation';
import { payouts } from './payouts';
import { reviewMutations, reviews } from './reviews';
import { roleMutations, roles } from './roles';
import { sales } from './sales';
import { sellers } from './sellers';
import { scalars, scalarTypeDefs } from './scalars';
import { categories, categoryMutations } from './categories';
import { shipmentMutations, shipments } from './shipments';
import { shippingMethodMutations, shippingMethods } from './shipping-methods';
import { tax, taxMutations } from './tax';
import { simulatedWorld } from './simulated-world';
import { userErrorTypeDefs } from './user-errors';
import { values } from './values';
import { warehouseMutations, warehouses } from './warehouses';
import { webhookMutations, webhooks } from './webhooks';
import { worldMutations, worlds } from './worlds';

const concepts = [
  ...[values, relay, catalogue, cart, orders, payments, invoices, shipments, deliveryNotes],
  ...[
    warehouses,
    reviews,
    accounts,
    sales,
    paymentReconciliationConcept,
    figures,
    payouts,
    sellers,
    live,
    operations,
    carriers,
    simulatedWorld,
  ],
  ...[addresses, roles, afterSales, ownDataCopy, orderVocabulariesConcept],
  ...[posts, moderation],
  notifications,
  ...[categories, productFamilies, promotions, shippingMethods, tax, webhooks],
  worlds,
  administration,
  erasures,
  merchants,
  explanations,
  ...[readModelOperations, readModelDiff, parkedWork, invariants],
];

/** Every mutation. The compiler refuses a use case without one that is not declared internal. */
export const mutations: Required<Mutations> = {
  ...accountMutations,
  ...addressMutations,
  ...catalogueMutations,
  ...cartMutations,
  ...notificationMutations,
  ...productFamilyMutations,
  ...promotionMutations,
  ...categoryMutations,
  ...shippingMethodMutations,
  ...taxMutations,
  ...orderMutations,
  ...afterSalesMutations,
  ...shipmentMutations,
  ...carrierMutations,
  ...warehouseMutations,
  ...reviewMutations,
  ...roleMutations,
  ...postMutations,
  ...moderationMutations,
  ...merchantMutations,
  ...webhookMutations,
  ...worldMutations,
};

const build = (): GraphQLSchema => {
  const typeDefs = concepts.map((concept) => concept.typeDefs);
  const inputs = inputObjectsSdl(
    entriesOf(mutations).flatMap(([name, presented]) => inputFieldsOf(name, presented)),
  );
  const schema = buildSchema([scalarTypeDefs, userErrorTypeDefs, inputs, ...typeDefs].join('\n'));
  attach(schema, concepts, scalars);
  return schema;
};

let built: GraphQLSchema | undefined;

/**
 * Returns the public contract, executable, and the same object each time: it depends on nothing that a process configures.
 * docs/reference/schema.graphql is made from it.
 */
export const edgeSchema = (): GraphQLSchema => (built ??= build());

export { readModelsTouchedBy } from './touched-read-models';
