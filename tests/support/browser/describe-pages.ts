import type { Browser } from 'playwright-core';
import type { Clock } from '../../../platform/clock';
import type { Environment } from '../../../platform/config';
import { Shopper } from '../graphql/shopper';
import { describeOn } from '../process/real-engine';
import { topSpeed, WaybillHome, type RunningWaybill } from '../process/waybill';
import { startBrowser, Visitor } from './browser';

type Credentials = { readonly email: string; readonly password: string };

/** A running Waybill and a browser for the visitors of its pages. Both run from before the first test until after the last. */
export class Pages {
  #visitors: Visitor[] = [];

  private constructor(
    private readonly chosen: {
      readonly browser: Browser;
      readonly home: WaybillHome;
      readonly environment: Environment;
    },
    private running: RunningWaybill,
    readonly administrator: Credentials,
  ) {}

  get browser(): Browser {
    return this.chosen.browser;
  }

  get home(): WaybillHome {
    return this.chosen.home;
  }

  get waybill(): RunningWaybill {
    return this.running;
  }

  static async open(chromium: string, environment: Environment): Promise<Pages> {
    const [browser, home] = await Promise.all([startBrowser(chromium), WaybillHome.make()]);
    const waybill = await home.start(environment);
    const { email, password = '' } = waybill.administrator!;
    return new Pages({ browser, home, environment }, waybill, { email, password });
  }

  /** Opens a window for a visitor, who stays to the end. After each test, none of them may have met an error. */
  async enter(): Promise<Visitor> {
    const visitor = await Visitor.enter(this.browser, this.waybill.url);
    this.#visitors.push(visitor);
    return visitor;
  }

  /** Opens a window for the administrator, who is logged in in the staff console. */
  async enterAsAdministrator(): Promise<Visitor> {
    const visitor = await this.enter();
    await visitor.logIn(this.administrator.email, this.administrator.password, '/admin');
    return visitor;
  }

  /** Returns the administrator as a client of the API. */
  staff(): Promise<Shopper> {
    return Shopper.logIn(this.waybill.url, this.administrator.email, this.administrator.password);
  }

  /** Stops the server, runs `meanwhile`, and starts it again at the same address, on `clock` from then on. */
  async restart(meanwhile: () => Promise<void>, clock?: Clock): Promise<void> {
    const { port } = new URL(this.waybill.url);
    await this.waybill.close();
    const environment = { ...this.chosen.environment, WAYBILL_HTTP_PORT: port };
    // The tests after one that fails here need a server, too.
    await meanwhile().finally(async () => {
      this.running = await this.home.start(environment, [], clock);
    });
  }

  /** Returns what the visitors met: requests to other hosts, and errors in the console. */
  trouble(): readonly string[] {
    return this.#visitors.flatMap(({ trouble: { outside, errors } }) => [...outside, ...errors]);
  }

  async close(): Promise<void> {
    await Promise.all(this.#visitors.map((visitor) => visitor.leave()));
    await this.browser.close();
    await this.waybill.close();
    await this.home.remove();
  }
}

const START_MS_MAX = 90_000;

/**
 * A suite of pages in Chromium.
 *
 * @param define - given a function that returns the pages while the tests run.
 */
export const describePages = (
  name: string,
  define: (pages: () => Pages) => void,
  environment: Environment = topSpeed,
): void =>
  describeOn('WAYBILL_TEST_CHROMIUM', name, (chromium) => {
    let pages: Pages;
    beforeAll(async () => {
      pages = await Pages.open(chromium, environment);
    }, START_MS_MAX);
    afterAll(() => pages.close());
    afterEach(() => {
      expect(pages.trouble()).toEqual([]);
    });
    define(() => pages);
  });
