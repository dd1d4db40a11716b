/** The path of the route that takes pictures, under the prefix of the REST routes. */
export const UPLOAD_PATH = '/pictures';
