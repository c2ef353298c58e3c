package io.llmplatform.proxy.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "20, 20000",
        "0, 0",
        "' 3 ', 3000",
        "1.5, 1500",
        "0.0001, 1",
        "99999999999, 86400000",
        "'Sun, 22 Nov 2026 10:00:30 GMT', 30000",
        "'Sun, 22 Nov 2026 09:59:00 GMT', 0",
        "'Mon, 22 Nov 2027 10:00:00 GMT', 86400000"
    })
    void secondsOrADate(String header, long millis) {
        assertThat(parse(Map.of("retry-after", header))).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "soon",
                "NaN",
                "Infinity",
                "1e3",
                "0x10",
                "5s",
                "1,5",
                "5d",
                "９",
                "2026-11-22T10:00:30Z",
                "Fri, 22 Nov 2026 10:00:30 GMT",
                "9999999999999999999999"
            })
    void nonsenseIsAsIfItWereAbsent(String header) {
        assertThat(parse(Map.of("retry-after", header))).isNull();
        assertThat(parse(Map.of("retry-after-ms", header))).isNull();
    }

    @Test
    void millisecondsComeFirstWhereTheyMakeSense() {
        assertThat(parse(Map.of("retry-after-ms", "1200.5", "retry-after", "2")))
                .isEqualTo(Duration.ofMillis(1201));
        assertThat(parse(Map.of("retry-after-ms", "?", "retry-after", "2"))).isEqualTo(Duration.ofSeconds(2));
        assertThat(parse(Map.of())).isNull();
    }

    private static Duration parse(Map<String, String> headers) {
        return RetryAfter.parse(new HashMap<>(headers)::get, NOW);
    }
}
