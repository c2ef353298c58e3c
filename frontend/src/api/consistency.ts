/** How long a read after a write asks for it; the read models are then long past it, or something is broken. */
const REMEMBER_MS = 10_000

/**
 * Read your own writes: remembers the newest `X-Consistency-Token` of a write and hands it to the reads of the next
 * seconds. Tokens are decimal positions of one log, so the larger one includes the smaller.
 */
export class ConsistencyTokens {
  private newest: bigint | undefined
  private writtenAt = 0

  constructor(private readonly now: () => number = Date.now) {}

  remember(token: string | null): void {
    if (token === null || !/^\d+$/.test(token)) return
    const position = BigInt(token)
    if (this.newest === undefined || position >= this.newest) {
      this.newest = position
      this.writtenAt = this.now()
    }
  }

  current(): string | undefined {
    if (this.newest === undefined || this.now() - this.writtenAt > REMEMBER_MS) return undefined
    return this.newest.toString()
  }

  forget(): void {
    this.newest = undefined
  }
}
