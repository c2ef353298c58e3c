package io.llmplatform.contracts.id;

import java.time.Clock;
import java.util.random.RandomGenerator;

/**
 * Mints identifiers such as {@code usr_01k9…}: a kind prefix and a lower-case ULID (48 bits of milliseconds, 80 random
 * bits, Crockford base 32, 26 characters). Thread-safe when the given random generator is.
 */
public final class Ids {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

    private final Clock clock;
    private final RandomGenerator random;

    /** @param random must be unguessable where an id is used as a secret; none of the platform's ids is */
    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id of the given kind. */
    public String next(Kind kind) {
        var out = new char[kind.prefix.length() + 26];
        kind.prefix.getChars(0, kind.prefix.length(), out, 0);
        write(clock.millis(), random.nextLong(), random.nextInt(0x10000), out, kind.prefix.length());
        return new String(out);
    }

    private static void write(long millis, long low64, int high16, char[] out, int at) {
        for (int i = 0; i < 10; i++) {
            out[at + i] = ALPHABET[(int) (millis >>> (45 - 5 * i)) & 31];
        }
        long high40 = ((long) high16 << 24) | (low64 >>> 40);
        for (int i = 0; i < 8; i++) {
            out[at + 10 + i] = ALPHABET[(int) (high40 >>> (35 - 5 * i)) & 31];
        }
        for (int i = 0; i < 8; i++) {
            out[at + 18 + i] = ALPHABET[(int) (low64 >>> (35 - 5 * i)) & 31];
        }
    }

    /** What an id names, told by its prefix. */
    public enum Kind {
        USER("usr_"),
        TEAM("team_"),
        API_KEY("key_"),
        PROVIDER("prv_"),
        MODEL("mdl_"),
        DEPLOYMENT("dep_"),
        /** Of a model's prices; behind the prefix stands what stands behind the model's. */
        PRICE_BOOK("prc_"),
        REQUEST("req_"),
        ATTEMPT("att_"),
        SESSION("ses_"),
        LOGIN("lgn_"),
        /** Of something that was read. */
        READ("red_"),
        /** Of a line of a log. */
        LOG("log_"),
        SAVED_SEARCH("sch_"),
        /** Of all the searches of a person; behind the prefix stands what stands behind the person's. */
        SEARCH_LIST("scl_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }
    }
}
