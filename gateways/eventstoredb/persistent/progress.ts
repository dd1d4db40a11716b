import type { Message } from './message';

/** Knows up to which event everything is done with, however mixed the order was in which it was done. */
export class Progress {
  private readonly open: Message[] = [];
  private readonly done = new Set<Message>();
  private after: number;
  private saved: number;
  /** Events done with since the last save. */
  unsaved = 0;

  constructor(after: number) {
    this.after = after;
    this.saved = after;
  }

  /** The last event that all before were done with. */
  get place(): number {
    return this.after;
  }

  get hasUnsaved(): boolean {
    return this.after !== this.saved;
  }

  begin(message: Message): void {
    this.open.push(message);
  }

  settle(message: Message): void {
    this.done.add(message);
    while (this.open[0] !== undefined && this.done.delete(this.open[0])) {
      this.after = this.open.shift()?.place ?? this.after;
      this.unsaved += 1;
    }
  }

  /** An event that nobody is to be given. */
  pass(place: number): void {
    if (this.open.length === 0) this.after = place;
  }

  markSaved(): number {
    this.saved = this.after;
    this.unsaved = 0;
    return this.after;
  }
}
