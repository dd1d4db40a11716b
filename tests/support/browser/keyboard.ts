import type { Page } from 'playwright-core';

/** The element that has the focus. `name`: as a screen reader says it. */
export type Focused = {
  readonly tag: string;
  readonly name: string;
  /** Whether it can be seen that it has the focus. */
  readonly isVisible: boolean;
};

const focusedNow = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return { tag: 'BODY', name: '', isVisible: false };
  const labelledBy = document.getElementById(element.getAttribute('aria-labelledby') ?? '');
  const name = element.getAttribute('aria-label') ?? (labelledBy ?? element.labels?.[0] ?? element).textContent;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { width, height, top, bottom } = element.getBoundingClientRect();
  const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
  const isInView = width > 0 && height > 0 && bottom > 0 && top < innerHeight;
  return { tag: element.tagName, name: (name ?? '').trim().replaceAll(/\\s+/g, ' '), isVisible: isOutlined && isInView };
})()`;

/** More stops than any page has. */
const STOPS_MAX = 150;

const fits = (name: string, wanted: string | RegExp): boolean =>
  typeof wanted === 'string' ? name === wanted : wanted.test(name);

/** A visitor's keyboard, which is used alone: without a mouse, and without a jump to a control. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  focused(): Promise<Focused> {
    return this.page.evaluate<Focused>(focusedNow);
  }

  /**
   * Presses Tab until the control of a name has the focus.
   *
   * @throws Error where none has it, or where it cannot be seen on the way which control has it.
   */
  async tabTo(wanted: string | RegExp): Promise<void> {
    for (let stop = 0; stop < STOPS_MAX; stop += 1) {
      await this.page.keyboard.press('Tab');
      const { tag, name, isVisible } = await this.focused();
      // Between the last control and the first one the browser itself has it.
      if (tag === 'BODY') continue;
      if (!isVisible) throw new Error(`It cannot be seen that ${tag} "${name}" has the focus`);
      if (fits(name, wanted)) return;
    }
    throw new Error(`No control is called ${wanted}`);
  }

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  /** Goes to a control, and presses a key on it. */
  async on(wanted: string | RegExp, key = 'Enter'): Promise<void> {
    await this.tabTo(wanted);
    await this.press(key);
  }

  /** Goes to an input, and types a text in place of what it has. */
  async type(wanted: string | RegExp, text: string): Promise<void> {
    await this.tabTo(wanted);
    await this.press('Control+A');
    await this.page.keyboard.insertText(text);
  }
}
