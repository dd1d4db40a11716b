export { taxTable, taxTermsOf } from './tax-source';
export type { TaxDeps, TaxSource } from './tax-source';
export { taxUseCases } from './tax-use-cases';
