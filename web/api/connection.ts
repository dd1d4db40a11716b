import { observable, useObservable } from './observable';

/** `offline`: the last request did not reach the server; `slow`: one is under way for long. */
export type Connection = 'online' | 'offline';

const connection = observable<Connection>(navigator.onLine ? 'online' : 'offline');

export const reportConnection = connection.set;
export const useConnection = (): Connection => useObservable(connection);

addEventListener('offline', () => {
  connection.set('offline');
});
addEventListener('online', () => {
  connection.set('online');
});
