/** Lets one loop sleep until somebody has something for it. A wake-up before the sleep is not lost. */
export class Wake {
  private isPending = false;
  private wakeUp: (() => void) | undefined;

  call(): void {
    this.isPending = true;
    this.wakeUp?.();
  }

  async sleep(): Promise<void> {
    if (!this.isPending) await new Promise<void>((resolve) => (this.wakeUp = resolve));
    this.isPending = false;
    this.wakeUp = undefined;
  }
}
