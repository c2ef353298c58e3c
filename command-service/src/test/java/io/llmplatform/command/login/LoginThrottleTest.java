package io.llmplatform.command.login;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.refusal.TooManyAttempts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final LoginThrottle throttle = new LoginThrottle(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void thePauseBeginsWithTheTenthFailureAndDoubles() {
        fail(10);
        assertThatThrownBy(() -> throttle.attempt("Ann", "a")).isInstanceOf(TooManyAttempts.class);
        now = now.plusSeconds(31);
        assertThatCode(() -> throttle.attempt("ann", "a")).doesNotThrowAnyException();
        now = now.plusSeconds(31);
        assertThatThrownBy(() -> throttle.attempt("ann", "a")).isInstanceOf(TooManyAttempts.class);
        now = now.plusSeconds(30);
        assertThatCode(() -> throttle.attempt("ann", "a")).doesNotThrowAnyException();
    }

    @Test
    void thePauseIsBoundedAndEndsWithASuccess() {
        fail(10);
        for (int i = 0; i < 70; i++) {
            now = now.plus(Duration.ofMinutes(16));
            throttle.attempt("ann", "a");
        }
        now = now.plus(Duration.ofMinutes(16));
        throttle.attempt("ann", "a");
        throttle.succeeded("ANN", "a");
        assertThatCode(() -> fail(10)).doesNotThrowAnyException();
    }

    @Test
    void anAttemptThatCameToNoResultDoesNotCount() {
        fail(9);
        for (int i = 0; i < 20; i++) {
            throttle.attempt("ann", "a");
            throttle.undecided("ann", "a");
        }
        assertThatCode(() -> throttle.attempt("ann", "a")).doesNotThrowAnyException();
        assertThatThrownBy(() -> throttle.attempt("ann", "a")).isInstanceOf(TooManyAttempts.class);
    }

    @Test
    void anotherAddressAndAnotherAccountAreFree() {
        fail(10);
        assertThatCode(() -> throttle.attempt("ann", "b")).doesNotThrowAnyException();
        assertThatCode(() -> throttle.attempt("bob", "a")).doesNotThrowAnyException();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.attempt("ann", "a");
        }
    }
}
