package io.llmplatform.command.session;

import io.llmplatform.command.settings.PlatformSettings;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How long things last. */
@Component
public final class SessionLifetimes {
    /**
     * How long a replaced refresh token may still be exchanged: an answer may be lost, or two tabs may ask at once. Who has
     * copied a token can use that time too, and is noticed when the next token after it is used.
     */
    public static final Duration GRACE = Duration.ofSeconds(10);

    private final Duration access;
    private final Duration idle;
    private final Duration longest;

    SessionLifetimes(PlatformSettings settings) {
        this.access = settings.accessTokenLifetime();
        this.idle = longer(settings.sessionIdle(), access);
        this.longest = longer(settings.sessionLifetime(), access);
    }

    /** Of an access token. */
    public Duration access() {
        return access;
    }

    /** Of a session that is not refreshed; never shorter than an access token. */
    public Duration idle() {
        return idle;
    }

    /** Of a session, whatever happens; never shorter than an access token. */
    public Duration longest() {
        return longest;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
