package io.llmplatform.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCountTest {
    private static final String STREAM = """
            data: {"choices":[{"delta":{"role":"assistant","content":""}}]}

            data: {"choices":[{"delta":{"content":"one"}}]}

            data: {"choices": [{"delta": {"content": "two"}}]}

            : a comment with "content":"in it"

            data: {"choices":[{"delta":{"content":null}}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 10_000})
    void countsContentHoweverTheBytesAreCut(int size) {
        var events = new EventCount();
        for (int at = 0; at < STREAM.length(); at += size) {
            events.read(Buffer.buffer(STREAM.substring(at, Math.min(STREAM.length(), at + size))));
        }
        assertThat(events.content()).isEqualTo(2);
        assertThat(events.ended()).isTrue();
    }

    @Test
    void missesTheEndThatDidNotCome() {
        var events = new EventCount();
        events.read(Buffer.buffer(STREAM.replace("data: [DONE]", "data: {}")));
        assertThat(events.ended()).isFalse();
    }
}
