import type { Message } from './message';

/** Tracks the event up to which all are settled, in any order of settling. */
export class Progress {
  private readonly open: Message[] = [];
  private readonly done = new Set<Message>();
  private after: number;
  private saved: number;
  /** The number of events settled since the last save. */
  unsaved = 0;

  constructor(after: number) {
    this.after = after;
    this.saved = after;
  }

  /** Returns the last event before which all are settled. */
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

  /** Passes an event that no consumer gets. */
  pass(place: number): void {
    if (this.open.length === 0) this.after = place;
  }

  markSaved(): number {
    this.saved = this.after;
    this.unsaved = 0;
    return this.after;
  }
}
