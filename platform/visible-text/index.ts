export { inOneLine, shown, shownInJson, visible } from './visible-text';
