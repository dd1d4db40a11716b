import { merchant, type MerchantDisabled, type MerchantEnabled } from '../../domain/merchant';
import type { ProductRegistered } from '../../domain/product';
import { contextFrom, contextOfCause, reactor, type Reactor } from '../../platform/reactions';
import { showAllProducts, showProducts, type ShowProductsDeps } from '../catalogue/show-products';

/** Withdraws the products of disabled merchants from the catalogue, and restores them: what a crash has interrupted, too. */
export const merchantsWorkflow = (deps: ShowProductsDeps): Reactor =>
  reactor<MerchantDisabled | MerchantEnabled | ProductRegistered>('merchants', {
    MerchantDisabled: async (event) => {
      await showAllProducts(deps, event.data.accountId, contextOfCause(event));
    },
    MerchantEnabled: async (event) => {
      await showAllProducts(deps, event.data.accountId, contextOfCause(event));
    },
    // It may have been registered while its merchant was being disabled, or by staff after that.
    ProductRegistered: async (event) => {
      const { productId, sellerId: accountId } = event.data;
      if (accountId === undefined) return;
      const { status } = await deps.aggregates.of(merchant).load(accountId);
      if (status !== 'DISABLED') return;
      await showProducts(deps, { accountId, productIds: [productId] }, contextFrom(event, 'show'));
    },
  });
