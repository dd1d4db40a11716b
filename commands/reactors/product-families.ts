import type { ProductFamilyRetired } from '../../domain/product-family';
import type { ProductJoinedFamily, ProductLeftFamily } from '../../domain/product';
import {
  contextFrom,
  reactor,
  requireAccepted,
  requireKnownOutcome,
  type Reactor,
} from '../../platform/reactions';
import { endMembership, enterFamily, leaveRetired } from '../product-family';
import type { UseCaseDeps } from '../use-case/use-case';

/** Lets families follow what their products say, and finishes what a crash has interrupted between the two. */
export const productFamiliesWorkflow = (deps: UseCaseDeps): Reactor =>
  reactor<ProductJoinedFamily | ProductLeftFamily | ProductFamilyRetired>('product-families', {
    // A rejection has let the product leave again.
    ProductJoinedFamily: async (event) => {
      requireKnownOutcome(await enterFamily(deps, event.data, contextFrom(event, 'enter')));
    },
    ProductLeftFamily: async (event) =>
      requireAccepted(await endMembership(deps, event.data, contextFrom(event, 'end')), [
        'PRODUCT_FAMILY_NOT_FOUND',
      ]),
    ProductFamilyRetired: (event) => leaveRetired(deps, event.data, contextFrom(event, 'retire')),
  });
