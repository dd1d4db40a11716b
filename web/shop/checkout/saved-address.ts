import { useRef } from 'react';
import { useAction, type Problem } from '../../api';
import { addAddress } from '../account/addresses';
import type { DeliveryWish } from './delivery-choice';

/** Saves an address in the address book, once: what is sent again, because the order failed, is the same entry. */
export const useSavedAddress = (): {
  readonly isRunning: boolean;
  readonly problem: Problem | undefined;
  /** Returns the wish with the entry in place of its address; undefined where it could not be saved. */
  readonly save: (wish: DeliveryWish) => Promise<DeliveryWish | undefined>;
} => {
  const { isRunning, problem, run } = useAction(addAddress);
  const saved = useRef<{ readonly text: string; readonly id: string }>(undefined);
  const save = async (wish: DeliveryWish): Promise<DeliveryWish | undefined> => {
    if (wish.address === null) return wish;
    const text = JSON.stringify(wish.address);
    if (saved.current?.text !== text) {
      const id = (await run(wish.address))?.address?.id;
      if (id === undefined) return undefined;
      saved.current = { text, id };
    }
    return { ...wish, address: null, addressId: saved.current.id };
  };
  return { isRunning, problem, save };
};
