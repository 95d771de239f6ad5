/** Counts how often the server stopped by itself, so that it isn't started for ever. */
export class Restarts {
  readonly #times: number[] = [];

  constructor(
    readonly limit: number,
    readonly withinMs: number,
  ) {}

  /** Notes a stop at `now`, in milliseconds; says whether to start again. */
  allow(now: number): boolean {
    while (this.#times.length > 0 && now - (this.#times[0] ?? now) > this.withinMs) {
      this.#times.shift();
    }
    this.#times.push(now);
    return this.#times.length <= this.limit;
  }

  reset(): void {
    this.#times.length = 0;
  }
}
