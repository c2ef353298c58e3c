package io.llmplatform.proxy.limit;

/**
 * Counts over 61 one-second buckets: the current one has only begun, so 60 would span less than a minute, and let twice
 * the limit pass within 59.001 s. Not thread-safe.
 */
final class Window {
    static final int SECONDS = 61;

    private final long[] buckets = new long[SECONDS];
    private long last;
    private long sum;

    /**
     * @param used  in the 60 whole seconds before the current one, and in that
     * @param waitMillis  millis until what was asked for would fit, 0 when it fits
     * @param resetMillis millis until nothing is counted any more
     */
    record Level(long used, long waitMillis, long resetMillis) {}

    /** @return the second it was counted in, for {@link #correct} */
    long add(long millis, long count) {
        advance(millis);
        buckets[slot(last)] += count;
        sum += count;
        return last;
    }

    /** Does nothing once that second has left the window. */
    void correct(long millis, long second, long difference) {
        advance(millis);
        if (second > last - SECONDS && second <= last) {
            buckets[slot(second)] += difference;
            sum += difference;
        }
    }

    Level level(long millis, long limit, long wanted) {
        advance(millis);
        return sum <= 0 ? new Level(sum, 0, 0) : new Level(sum, wait(millis, sum + wanted - limit), reset(millis));
    }

    /** Until so much has left the window that nothing is over. */
    private long wait(long millis, long over) {
        long wait = 0;
        long left = over;
        for (long second = last - SECONDS + 1; left > 0 && second <= last; second++) {
            long count = buckets[slot(second)];
            if (count > 0) {
                wait = leaves(second) - millis;
                left -= count;
            }
        }
        return wait;
    }

    /** Until all that is counted now has left the window. Looks from the newest second on, where there mostly is something. */
    private long reset(long millis) {
        long second = last;
        while (buckets[slot(second)] <= 0) {
            second--;
        }
        return leaves(second) - millis;
    }

    private static long leaves(long second) {
        return (second + SECONDS) * 1000;
    }

    boolean isEmpty(long millis) {
        advance(millis);
        return sum == 0;
    }

    /** A clock set back a little counts on in the second it had reached; one set back by more than the window starts anew. */
    private void advance(long millis) {
        long second = Math.floorDiv(millis, 1000L);
        if (second - last >= SECONDS || last - second > SECONDS) {
            java.util.Arrays.fill(buckets, 0);
            sum = 0;
            last = second;
        }
        while (last < second) {
            last++;
            sum -= buckets[slot(last)];
            buckets[slot(last)] = 0;
        }
    }

    private static int slot(long second) {
        return Math.floorMod(second, SECONDS);
    }
}
