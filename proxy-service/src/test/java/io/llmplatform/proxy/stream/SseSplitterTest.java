package io.llmplatform.proxy.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
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
    void theNameOfAnEventComesWithItsData() {
        var events = new ArrayList<SseEvent>();
        var splitter = new SseSplitter(100, events::add);
        splitter.feed("event: ping\ndata: {}\n\nevent: lonely\n\ndata: x\n\n".getBytes(UTF_8));
        assertThat(events).extracting(SseEvent::name).containsExactly("ping", null);
        var wire = Buffer.buffer();
        events.forEach(event -> event.writeTo(wire));
        assertThat(wire.toString()).isEqualTo("event: ping\ndata: {}\n\ndata: x\n\n");
    }

    private static List<String> split(byte[] stream, int size) {
        var events = new ArrayList<String>();
        var splitter = new SseSplitter(1 << 20, event -> events.add(new String(event.data(), UTF_8)));
        for (int at = 0; at < stream.length; at += size) {
            splitter.feed(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + size)));
        }
        splitter.end();
        return events;
    }
}
