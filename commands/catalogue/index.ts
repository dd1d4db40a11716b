export { changeProductPrice } from './change-product-price';
export { describeProduct } from './describe-product';
export { discontinueProduct } from './discontinue-product';
export { importProduct } from './import-product';
export { registerProduct } from './register-product';
export { reinstateProduct } from './reinstate-product';
export { sellableProduct } from './sellable-product';
