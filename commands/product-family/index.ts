export { endMembership, enterFamily, leaveRetired } from './membership';
export { productFamilyUseCases } from './product-family-use-cases';
