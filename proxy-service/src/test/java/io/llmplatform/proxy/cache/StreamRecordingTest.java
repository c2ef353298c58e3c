package io.llmplatform.proxy.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.usage.Tokens;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamRecordingTest {
    private static final Tokens TOKENS = new Tokens(1, 2, 0, 0, false);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void eventsComeBackAsTheyWere() {
        var recorder = new StreamRecording.Recorder(1_000_000);
        for (int i = 0; i < 1000; i++) {
            recorder.event(event(i));
        }
        var recording = Objects.requireNonNull(recorder.finished(TOKENS, NOW));
        assertThat(recording.size()).isEqualTo(1000);
        assertThat(IntStream.range(0, 1000).mapToObj(recording::event))
                .containsExactlyElementsOf(IntStream.range(0, 1000)
                        .mapToObj(StreamRecordingTest::event)
                        .toList());
        assertThat(recording.age(NOW.plusMillis(61_999))).isEqualTo(61);
        assertThat(recording.age(NOW.minusSeconds(5))).isZero();
    }

    @Test
    void whatIsTooLongOrEmptyIsNoRecording() {
        assertThat(new StreamRecording.Recorder(1000).finished(TOKENS, NOW)).isNull();
        var recorder = new StreamRecording.Recorder(1000);
        for (int i = 0; i < 50; i++) {
            recorder.event(new byte[100]);
        }
        recorder.event(new byte[0]);
        assertThat(recorder.finished(TOKENS, NOW)).isNull();
        var fits = new StreamRecording.Recorder(1000);
        fits.event(new byte[1000 - 192 - 4]);
        assertThat(Objects.requireNonNull(fits.finished(TOKENS, NOW)).weight()).isEqualTo(1000);
    }

    private static byte[] event(int i) {
        return ("é".repeat(i % 7) + i).getBytes(UTF_8);
    }
}
