export { beginningOf, inOneLine, shown, shownInJson, visible } from './visible-text';
