export { standInGeocoder } from './stand-in-geocoder';
