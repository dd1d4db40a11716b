import { useLayoutEffect, useRef, type RefObject, type SyntheticEvent } from 'react';
import { currentSession, useRealm, type Realm } from '../api';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Typed = { readonly value: string; readonly label: string | undefined; readonly language: string };

/** The input that accounts had typed when their sessions ended, by control, until they see that control again. A reload forgets it. */
const kept = new Map<string, Typed>();

const isControl = (element: unknown): element is Control =>
  element instanceof HTMLInputElement ||
  element instanceof HTMLSelectElement ||
  element instanceof HTMLTextAreaElement;

const isKept = ({ name, type }: Control): boolean => name !== '' && type !== 'password' && type !== 'file';

const isSwitch = (control: Control): control is HTMLInputElement =>
  control.type === 'checkbox' || control.type === 'radio';

const aboutOf = (control: Control): string => control.form?.dataset['about'] ?? '';

const keyOf = (control: Control, accountId: string): string => {
  const about = aboutOf(control);
  const namesakes = [...document.getElementsByName(control.name)].filter(isControl);
  const index = namesakes.filter((one) => aboutOf(one) === about).indexOf(control);
  return `${accountId} ${location.pathname} ${about} ${control.name} ${index}`;
};

const typedIn = (control: Control): Typed => ({
  value: isSwitch(control) ? `${control.checked}` : control.value,
  label: control.labels?.[0]?.textContent,
  language: document.documentElement.lang,
});

/** Types as the visitor would, so that React sees it where it holds the value. @returns whether it could be typed. */
const type = (control: Control, { value }: Typed): boolean => {
  if (isSwitch(control)) {
    if (`${control.checked}` !== value) control.click();
    return true;
  }
  const isSelect = control instanceof HTMLSelectElement;
  // The choices may be loaded later than the form.
  if (isSelect && [...control.options].every((option) => option.value !== value)) return false;
  const prototype = Object.getPrototypeOf(control) as object;
  // React replaces the setter of the control itself, and would take this for a change of its own.
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(control, value);
  control.dispatchEvent(new Event(isSelect ? 'change' : 'input', { bubbles: true }));
  return true;
};

const restore = (form: HTMLFormElement, realm: Realm): void => {
  const accountId = currentSession(realm)?.account.id;
  if (accountId === undefined || kept.size === 0) return;
  for (const control of [...form.elements].filter(isControl)) {
    const key = keyOf(control, accountId);
    const found = kept.get(key);
    const { label, language } = typedIn(control);
    // Where forms are loaded one by one, the first may stand at the place of another for a moment.
    if (found === undefined || (found.language === language && found.label !== label)) continue;
    if (!type(control, found)) continue;
    kept.delete(key);
    control.closest('details')?.setAttribute('open', '');
  }
};

/**
 * Keeps what was typed into a form when the session of the account ends, and types it again when the account has logged in.
 *
 * @returns to be called with each change of the form.
 */
export const useKeptInput = (
  form: RefObject<HTMLFormElement | null>,
  isRunning: boolean,
  hasProblem: boolean,
): ((event: SyntheticEvent) => void) => {
  const realm = useRealm();
  const touched = useRef(new Map<string, { readonly control: Control; readonly accountId: string }>());
  const wasRunning = useRef(false);
  useLayoutEffect(() => {
    // What was sent is not typed again.
    if (wasRunning.current && !isRunning && !hasProblem) touched.current.clear();
    wasRunning.current = isRunning;
    if (form.current) restore(form.current, realm);
  });
  useLayoutEffect(() => {
    const controls = touched.current;
    return () => {
      for (const [key, { control, accountId }] of controls)
        if (currentSession(realm)?.account.id !== accountId) kept.set(key, typedIn(control));
    };
  }, [realm]);
  return ({ target }) => {
    const accountId = currentSession(realm)?.account.id;
    if (accountId !== undefined && isControl(target) && isKept(target))
      touched.current.set(keyOf(target, accountId), { control: target, accountId });
  };
};
