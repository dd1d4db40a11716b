export { plainWords } from './plain-words';
