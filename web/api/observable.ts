import { useSyncExternalStore } from 'react';

/** A value that components can observe. */
export type Observable<Value> = {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  readonly subscribe: (observer: () => void) => () => void;
};

export const observable = <Value>(initial: Value): Observable<Value> => {
  let current = initial;
  const observers = new Set<() => void>();
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      for (const observer of observers) observer();
    },
    subscribe: (observer) => {
      observers.add(observer);
      return () => void observers.delete(observer);
    },
  };
};

/** Returns the value, and renders the component again when it changes. */
export const useObservable = <Value>({ get, subscribe }: Observable<Value>): Value =>
  useSyncExternalStore(subscribe, get);
