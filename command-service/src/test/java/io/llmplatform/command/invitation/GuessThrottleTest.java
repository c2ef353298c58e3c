package io.llmplatform.command.invitation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.refusal.TooManyAttempts;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GuessThrottleTest {
    private Instant now = Instant.parse("2026-11-23T08:00:00Z");
    private final InstantSource source = () -> now;
    private final GuessThrottle throttle = new GuessThrottle(source.withZone(ZoneOffset.UTC));

    @Test
    void afterManyWrongTokensThatAddressWaitsAndNoOther() {
        for (int i = 0; i < GuessThrottle.FREE_FAILURES; i++) {
            throttle.check("192.0.2.1");
            throttle.failed("192.0.2.1");
        }

        assertThatThrownBy(() -> throttle.check("192.0.2.1")).isInstanceOf(TooManyAttempts.class);
        assertThatCode(() -> throttle.check("192.0.2.2")).doesNotThrowAnyException();

        now = now.plus(GuessThrottle.WINDOW);
        assertThatCode(() -> throttle.check("192.0.2.1")).doesNotThrowAnyException();
        throttle.failed("192.0.2.1");
        assertThatCode(() -> throttle.check("192.0.2.1")).doesNotThrowAnyException();
    }
}
