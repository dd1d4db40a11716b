import { Keyboard } from '../support/browser/keyboard';
import { describePages } from '../support/browser/describe-pages';
import type { Visitor } from '../support/browser/browser';
import { eventually } from '../support/time/eventually';

const PASSWORD = 'correct horse battery';

describePages('the pages by the keyboard alone', (pages) => {
  let visitor: Visitor;
  let keyboard: Keyboard;

  const open = async (): Promise<void> => {
    visitor = await pages().enter();
    keyboard = new Keyboard(visitor.page);
    await visitor.open('/');
  };

  /** Expects that a page has opened, and that a screen reader begins at its heading. */
  const arrivedAt = async (title: string | RegExp): Promise<void> => {
    await visitor.page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await eventually(async () => (await keyboard.focused()).tag === 'H1');
    expect((await keyboard.focused()).name).toMatch(title);
  };

  /** Expects that a live region says something, and that the focus was not lost. */
  const heard = async (text: string | RegExp): Promise<void> => {
    await visitor.page
      .locator('[role="status"], [role="alert"], [aria-live]', { hasText: text })
      .first()
      .waitFor();
    await eventually(async () => (await keyboard.focused()).tag !== 'BODY');
  };

  const focusIsOn = async (name: string | RegExp): Promise<void> => {
    await eventually(async () => (await keyboard.focused()).name.search(name) >= 0);
    expect((await keyboard.focused()).isVisible).toBe(true);
  };

  it('lead a shopper from the sign-up to the receipt and a review', async () => {
    await open();
    const { page } = visitor;
    await keyboard.on('Sign up');
    await arrivedAt('Sign up');
    await keyboard.type('Name', 'Ada');
    await keyboard.type('E-mail', 'ada@example.com');
    await keyboard.type('Password', 'short');
    await keyboard.press('Enter');
    // What is wrong is said, and the focus stays where it can be mended.
    await heard(/at least 8/i);
    await focusIsOn('Password');
    await keyboard.press('Control+A');
    await page.keyboard.insertText(PASSWORD);
    await keyboard.press('Enter');
    await page.getByRole('button', { name: 'Log out' }).waitFor();
    await arrivedAt('Shop');

    await keyboard.press('Control+Home');
    await keyboard.type('Search for products', 'lamp');
    await keyboard.press('Enter');
    await page.waitForURL(/query=lamp/);
    await focusIsOn('Search for products');
    await keyboard.on(/^Harbour lamp/);
    await arrivedAt('Harbour lamp');
    await keyboard.on('Add to cart');
    await heard('In your cart.');
    await focusIsOn('Add to cart');
    await keyboard.on('Cart');
    await arrivedAt('Your cart');
    await keyboard.type('Quantity of Harbour lamp', '2');
    await keyboard.press('Enter');
    await heard('Total: £69.00');
    await focusIsOn('Quantity of Harbour lamp');
    await keyboard.on('Remove');
    await heard('Harbour lamp was removed.');
    await focusIsOn('Your cart');
    await keyboard.on('Undo');
    await heard('It is undone.');
    await keyboard.on('Go to checkout');

    await arrivedAt('Checkout');
    await keyboard.tabTo(/^Map/);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    expect(await page.getByLabel('East (x)').inputValue()).toMatch(/^-?\d+$/);
    await keyboard.type('East (x)', '2');
    await keyboard.type('North (y)', '3');
    await keyboard.on(/^Place the order for/);
    await arrivedAt(/^Order \d/);
    await heard('Delivered');
    await keyboard.on('I have received it');
    await heard('Completed');
    await focusIsOn(/^Order \d/);
    await keyboard.on('Write a review');
    await arrivedAt('Harbour lamp');
    await keyboard.tabTo('Stars');
    await keyboard.press('ArrowDown');
    await keyboard.type('Your review', 'It lights the quay.');
    await keyboard.on('Publish');
    await page.locator('article', { hasText: 'It lights the quay.' }).waitFor();
    expect((await keyboard.focused()).tag).not.toBe('BODY');
    await keyboard.on('Log out');
    await arrivedAt('Shop');
  }, 120_000);

  it('skip what is above the content', async () => {
    await open();
    await keyboard.on('Skip to the content');
    expect((await keyboard.focused()).tag).toBe('MAIN');
    await keyboard.press('Tab');
    expect((await keyboard.focused()).name).toBe('Search for products');
  });

  it('lead staff to an order, which they tag, hold, release and cancel', async () => {
    await open();
    const { page } = visitor;
    const { email, password } = pages().administrator;
    const staff = await pages().staff();
    const [product = ''] = await staff.productsOnHand(1);
    await staff.addToCart(product, 1);
    const input = { destination: { x: 3, y: 9 } };
    const { order } = await staff.send<{ order: { number: string } }>(
      'placeOrder',
      input,
      'order { number }',
    );
    await visitor.open('/log-in?next=/admin');
    await keyboard.type('E-mail', email);
    await keyboard.type('Password', password);
    await keyboard.press('Enter');
    await arrivedAt('Orders');
    await keyboard.on(order.number);
    await arrivedAt(`Order ${order.number}`);

    await keyboard.type('Tag', 'call first');
    await keyboard.press('Enter');
    await heard('The tag call first is added.');
    await keyboard.on('Remove the tag call first');
    await heard('The tag call first is removed.');
    await focusIsOn('Tags');
    await keyboard.on('Undo');
    await heard('It is undone.');
    await page.getByRole('link', { name: 'call first' }).waitFor();

    await keyboard.on('Hold the order');
    await keyboard.type('Comment', 'No such street.');
    await keyboard.on('Hold');
    await page.getByText(/, No such street\./).waitFor();
    expect((await keyboard.focused()).tag).not.toBe('BODY');
    await keyboard.on(/^Release \(/);
    await page.getByRole('button', { name: /^Release \(/ }).waitFor({ state: 'detached' });
    await focusIsOn('Holds');
    await keyboard.on('Cancel');
    await keyboard.on('Cancel the order');
    await page.locator('dd', { hasText: 'Cancelled' }).first().waitFor();
    await focusIsOn('Actions');
  }, 90_000);

  it('turn the fault dial, and go through the exchange log', async () => {
    visitor = await pages().enterAsAdministrator();
    keyboard = new Keyboard(visitor.page);
    await visitor.open('/admin/world');
    await keyboard.tabTo(/^Messages lost/);
    await keyboard.press('ArrowRight');
    await keyboard.on('Turn');
    await heard('The faults are as shown.');
    await focusIsOn('Turn');
    await keyboard.type(/^Link/, 'carrier:ups');
    await keyboard.press('Enter');
    await visitor.page.waitForURL(/link=carrier/);
    expect((await keyboard.focused()).tag).not.toBe('BODY');
  });
});
