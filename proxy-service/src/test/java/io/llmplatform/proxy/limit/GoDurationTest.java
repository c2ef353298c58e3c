package io.llmplatform.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.limit.RateState.Rate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "PT-1S, 0s",
        "PT0S, 0s",
        "PT0.0000001S, 1ms",
        "PT0.012S, 12ms",
        "PT1S, 1s",
        "PT1.5S, 1.5s",
        "PT59.9995S, 1m0s",
        "PT1M, 1m0s",
        "PT6M, 6m0s",
        "PT6M0.25S, 6m0.25s",
        "PT1H, 1h0m0s",
        "PT26H3M4.005S, 26h3m4.005s"
    })
    void printsAsGoDoes(Duration duration, String text) {
        assertThat(GoDuration.format(duration)).isEqualTo(text);
    }

    @Test
    void onlyWhatIsLimitedHasHeaders() {
        assertThat(new RateState(null, new Rate(1000, 12, Duration.ofMillis(90_500))).headers())
                .isEqualTo(Map.of(
                        "x-ratelimit-limit-tokens", "1000",
                        "x-ratelimit-remaining-tokens", "12",
                        "x-ratelimit-reset-tokens", "1m30.5s"));
    }
}
