export { consignmentOf, shippingOf, shippingOptionsOf } from './shipping-options';
export type { SentLine, ShippingOption, ShippingRefusal } from './shipping-options';
export { shippingUseCases } from './shipping-use-cases';
