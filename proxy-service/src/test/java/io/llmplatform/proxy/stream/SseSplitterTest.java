package io.llmplatform.proxy.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseSplitterTest {
    private static final String STREAM =
            ": hello\r\ndata: {\"a\":\"你好 🌍\"}\r\n\r\nevent: x\nid: 7\ndata:two\ndata: lines\n\n"
                    + "retry: 5\n\ndata\rdata: after\r\rdata: [DONE]";

    /** Every way of cutting the stream into packets of one size, also within a character and within CR LF. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 64, 4096})
    void eventsAreTheSameWhereverThePacketsEnd(int size) {
        assertThat(split(STREAM.getBytes(UTF_8), size))
                .containsExactly("{\"a\":\"你好 🌍\"}", "two\nlines", "\nafter", "[DONE]");
    }

    @Test
    void anEventBeyondTheBoundIsRefused() {
        var splitter = new SseSplitter(100, data -> {});
        assertThatThrownBy(() -> splitter.feed("data: x".repeat(20).getBytes(UTF_8)))
                .isInstanceOf(SseSplitter.EventTooLongException.class);
    }

    @Test
    void aChunkTellsWhatTheBillNeeds() {
        var estimate = new TokenEstimate();
        var facts = ChunkFacts.scan(
                ("{\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"12345678\","
                                + "\"tool_calls\":[{\"id\":\"call_1\",\"function\":{\"arguments\":\"abcd\"}}]},"
                                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":4},"
                                + "\"completion_tokens_details\":{\"reasoning_tokens\":2}}}")
                        .getBytes(UTF_8),
                estimate);
        assertThat(facts).isEqualTo(new ChunkFacts(true, false, 1, true, true, new Tokens(10, 5, 4, 2, false)));
        assertThat(estimate.tokens()).isEqualTo(3);
    }

    @Test
    void whatIsNotJsonIsToldApart() {
        assertThat(ChunkFacts.scan("{\"choices\":[".getBytes(UTF_8), new TokenEstimate())
                        .json())
                .isFalse();
        assertThat(ChunkFacts.scan("{\"error\":{}}".getBytes(UTF_8), new TokenEstimate())
                        .error())
                .isTrue();
        assertThat(ChunkFacts.scan("{\"error\":null}".getBytes(UTF_8), new TokenEstimate())
                        .error())
                .isFalse();
    }

    private static List<String> split(byte[] stream, int size) {
        var events = new ArrayList<String>();
        var splitter = new SseSplitter(1 << 20, data -> events.add(new String(data, UTF_8)));
        for (int at = 0; at < stream.length; at += size) {
            splitter.feed(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
        }
        splitter.end();
        return events;
    }
}
