package io.llmplatform.command.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleRuleTest {
    @Test
    void thePauseBeginsWithTheTenthFailureDoublesAndIsBounded() {
        assertThat(ThrottleRule.PAIR.pause(9)).isZero();
        assertThat(ThrottleRule.PAIR.pause(10)).hasSeconds(30);
        assertThat(ThrottleRule.PAIR.pause(12)).hasSeconds(120);
        assertThat(ThrottleRule.PAIR.pause(1_000_000)).isEqualTo(Duration.ofMinutes(15));
        assertThat(ThrottleRule.ACCOUNT.pause(1_000_000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void anIpv6AddressStandsForItsNetwork() {
        assertThat(LoginThrottle.network("2001:db8:1:2:3:4:5:6")).isEqualTo(LoginThrottle.network("2001:db8:1:2::9"));
        assertThat(LoginThrottle.network("2001:db8:1:2::9")).isNotEqualTo(LoginThrottle.network("2001:db8:1:3::9"));
        assertThat(LoginThrottle.network("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(LoginThrottle.network("null")).isEqualTo("null");
    }
}
