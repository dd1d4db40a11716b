export { addToCart } from './add-to-cart';
export { changeCartLine } from './change-cart-line';
export { removeFromCart } from './remove-from-cart';
