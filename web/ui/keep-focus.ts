/** An element, and all around it. */
type Path = readonly Element[];

/** The place to which the focus goes when something within `place` has left the page; undefined where it goes further out. */
const stopIn = (place: Element): HTMLElement | undefined => {
  if (!(place instanceof HTMLElement)) return undefined;
  if (place.matches('section, article, main')) {
    const heading = place.querySelector<HTMLElement>('h1, h2, h3') ?? place;
    // A heading takes the focus, but is no stop of the Tab key.
    if (heading.tabIndex < 0) heading.tabIndex = -1;
    return heading;
  }
  return place.tabIndex < 0 ? undefined : place;
};

/** The control that has taken the place of another in its form, as an input does that begins with another text. */
const twinOf = (lost: Element, place: Element): HTMLElement | null => {
  const name = lost.getAttribute('name');
  if (name === null || place.closest('form') === null) return null;
  return place.querySelector<HTMLElement>(`${lost.tagName}[name="${CSS.escape(name)}"]`);
};

const within = (innermost: Element): Path => {
  const places: Element[] = [];
  for (let place: Element | null = innermost; place !== null; place = place.parentElement) places.push(place);
  return places;
};

const hasFocused = (path: Path): path is readonly [Element, ...Element[]] => path.length > 0;

/**
 * Gives the focus a place near by when the element that had it leaves the page, as a button does with its row, and gives it back
 * to one that has moved. Without that the keyboard and screen readers begin at the top again.
 *
 * @returns a function that ends it.
 */
export const keepFocus = (): (() => void) => {
  /** The element that had the focus last, and all around it. */
  let last: Path = [];
  const remember = ({ target }: Event): void => {
    last = target instanceof Element ? within(target) : [];
  };
  const forget = (): void => {
    last = [];
  };
  const restore = (): void => {
    // Another window, or the browser's own bar, may have the focus.
    if (!hasFocused(last) || !document.hasFocus() || document.activeElement !== document.body) return;
    const [lost] = last;
    const places = [...last.filter(({ isConnected }) => isConnected), ...document.querySelectorAll('main')];
    for (const place of places) {
      const stop = twinOf(lost, place) ?? stopIn(place);
      if (stop === undefined) continue;
      stop.focus({ preventScroll: true });
      return;
    }
  };
  const observer = new MutationObserver(restore);
  observer.observe(document.body, { childList: true, subtree: true });
  addEventListener('focusin', remember);
  // A click beside everything takes the focus away on purpose; one on a control gives it there afterwards.
  addEventListener('pointerdown', forget);
  return () => {
    observer.disconnect();
    removeEventListener('focusin', remember);
    removeEventListener('pointerdown', forget);
  };
};
