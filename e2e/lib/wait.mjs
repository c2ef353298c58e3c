import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks until the answer is neither undefined, null nor false; throws, with the last answer or error, when the time is up.
 * A probe that throws counts as "not yet".
 *
 * @returns {Promise<{value: any, ms: number}>} the answer, and how long it took from the call of this function (or from `since`)
 */
export async function eventually(what, probe, { within = 20_000, every = 40, since = performance.now() } = {}) {
  const deadline = performance.now() + within;
  let last;
  for (;;) {
    try {
      last = await probe();
      if (last !== undefined && last !== null && last !== false) {
        return { value: last, ms: Math.round(performance.now() - since) };
      }
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`${what}: not within ${within} ms; last seen: ${seen}`, last instanceof Error ? { cause: last } : {});
    }
    await pause(every);
  }
}
