package io.llmplatform.command.login;

import java.time.Duration;

/** How failures slow down further attempts: some are free, then each failure makes a pause twice as long as the one before. */
enum ThrottleRule {
    /**
     * An account, from wherever it is tried. The pause is short, for it can be kept up by others; it never holds where the
     * person has logged in before.
     */
    ACCOUNT(100, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofHours(1)),
    /** An address (IPv6: its /64), whatever account it tries. */
    ADDRESS(100, Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofHours(1)),
    /** An account from one address. */
    PAIR(10, Duration.ofSeconds(30), Duration.ofMinutes(15), Duration.ofHours(24)),
    /** Codes of an account's second factor, from wherever. The pause is long: only who has the password can make it. */
    CODE(10, Duration.ofSeconds(30), Duration.ofHours(1), Duration.ofHours(24));

    private final int free;
    private final Duration first;
    private final Duration longest;
    private final Duration remembered;

    ThrottleRule(int free, Duration first, Duration longest, Duration remembered) {
        this.free = free;
        this.first = first;
        this.longest = longest;
        this.remembered = remembered;
    }

    /** The pause that begins with the failure of that number. */
    Duration pause(int failures) {
        if (failures < free) {
            return Duration.ZERO;
        }
        var pause = first.multipliedBy(1L << Math.min(failures - free, 10));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    /** How many failures have no consequence, less one. */
    int free() {
        return free;
    }

    /** How long after the last failure all are forgotten. */
    Duration remembered() {
        return remembered;
    }
}
