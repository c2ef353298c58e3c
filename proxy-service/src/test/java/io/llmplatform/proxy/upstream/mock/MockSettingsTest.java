package io.llmplatform.proxy.upstream.mock;

import static io.llmplatform.proxy.upstream.mock.MockSettings.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MockSettingsTest {
    @Test
    void everySettingComesFromTheBaseUrl() {
        assertThat(MockSettings.of("mock:?first_token_ms=5&token_ms=0&fail_rate=30&fail_status=529&retry_after=7"
                        + "&stall_after=3&break_after=0"))
                .isEqualTo(new MockSettings(5, 0, 30, 529, 7, 3, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mock:",
                "mock:?",
                "mock:?token_ms=x&first_token_ms=60001&fail_rate=101&fail_status=200&retry_after=-1",
                "mock:?stall_after=&break_after=1e3&fail_rate",
                "mock:token_ms=7"
            })
    void whatIsAbsentOrOutOfRangeIsTheDefault(String baseUrl) {
        assertThat(MockSettings.of(baseUrl)).isEqualTo(new MockSettings(40, 8, 0, 500, -1, NEVER, NEVER));
    }
}
