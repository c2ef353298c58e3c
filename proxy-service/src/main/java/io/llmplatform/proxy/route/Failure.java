package io.llmplatform.proxy.route;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt failed.
 *
 * @param status     of the provider's answer; 0 unless the kind is {@code STATUS}
 * @param retryAfter what the provider asked for, if it did; see {@link RetryAfter}
 */
public record Failure(Kind kind, int status, @Nullable Duration retryAfter) {
    private static final int UNAUTHORIZED = 401;
    private static final int PAYMENT_REQUIRED = 402;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int BAD_GATEWAY = 502;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final int OVERLOADED = 529;

    public enum Kind {
        /** No byte of an answer came: no connection, or it closed first. */
        UNREACHABLE,
        /** Connected, but the answer did not begin in time. */
        FIRST_BYTE_TIMEOUT,
        /** The answer began and then stood still. */
        IDLE_TIMEOUT,
        /** The answer began and then broke off, or was none. */
        BROKEN,
        /** The provider answered with an error. */
        STATUS;

        /** Such as {@code first_byte_timeout}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Failure of(Kind kind) {
        return new Failure(kind, 0, null);
    }

    public static Failure status(int status, @Nullable Duration retryAfter) {
        return new Failure(Kind.STATUS, status, retryAfter);
    }

    /** Such as {@code unreachable} or {@code status_503}; for metrics and for people. */
    public String wire() {
        return kind == Kind.STATUS ? "status_" + status : kind.wire();
    }

    /**
     * Whether it tells against the deployment's health. A provider that is only full tells so and is left alone for a while
     * instead; 401 and 402 are about our credentials there, which no client can cause; other 4xx are about the request.
     */
    boolean countsAgainstDeployment() {
        return kind != Kind.STATUS
                || status == UNAUTHORIZED
                || status == PAYMENT_REQUIRED
                || (status >= 500 && status != NOT_IMPLEMENTED && !(status == OVERLOADED && retryAfter != null));
    }

    /** How long the deployment wants no requests, by its own word. */
    @Nullable
    Duration coolDown() {
        boolean full = status == TOO_MANY_REQUESTS || status == UNAVAILABLE || status == OVERLOADED;
        return full ? retryAfter : null;
    }

    Shortage.Cause coolDownCause() {
        return status == TOO_MANY_REQUESTS ? Shortage.Cause.RATE_LIMITED : Shortage.Cause.OVERLOADED;
    }

    /** Whether a cheap call that succeeds would show that it is over. */
    boolean showsInProbe() {
        return switch (kind) {
            case UNREACHABLE, BROKEN -> true;
            case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT -> false;
            case STATUS -> status == BAD_GATEWAY || status == UNAVAILABLE || status == GATEWAY_TIMEOUT;
        };
    }
}
