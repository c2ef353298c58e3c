/** Chance that comes again: the same seed gives the same numbers (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count) => Math.floor(next() * count);
  return {
    below,
    /** Whether it happens that often. */
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)],
    /** Some of the list, in its order, never none. */
    some: (list) => {
      const taken = list.filter(() => next() < 0.5);
      return taken.length > 0 ? taken : [list[below(list.length)]];
    },
  };
}
