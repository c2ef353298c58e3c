package io.llmplatform.proxy.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class TokenEstimateTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "four",
                "all happy families",
                "schöne Grüße, Привет",
                "你好，世界",
                "こんにちは 안녕",
                "emoji 😀😀 \u2028",
                "\\ \" / \n\t"
            })
    void aStringInJsonCountsAsItDoesDecoded(String text) {
        assertThat(ofJson(JSON.writeValueAsString(text))).isEqualTo(TokenEstimate.of(text));
    }

    @Test
    void escapedCharactersCountAboutAsWhatTheyStandFor() {
        assertThat(ofJson("\"\\u4f60\\u597d\"")).isEqualTo(TokenEstimate.of("你好"));
        assertThat(ofJson("\"\\u0041\\u0042\\u0043\\u0044\"")).isEqualTo(1);
    }

    @Test
    void itEndsWithTheStringAndWithBrokenBytes() {
        assertThat(ofJson("\"1234\",\"12345678\"")).isEqualTo(1);
        var broken = "\"你好\\u4f60😀".getBytes(UTF_8);
        for (int length = 1; length <= broken.length; length++) {
            var estimate = new TokenEstimate();
            estimate.jsonString(Arrays.copyOf(broken, length), 1);
            assertThat(estimate.tokens()).isBetween(0L, 6L);
        }
    }

    private static long ofJson(String json) {
        var estimate = new TokenEstimate();
        estimate.jsonString(json.getBytes(UTF_8), 1);
        return estimate.tokens();
    }
}
