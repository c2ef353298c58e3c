package io.llmplatform.proxy.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.cache.CacheTier.Held;
import io.llmplatform.proxy.usage.Tokens;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
    private static final Tokens TOKENS = new Tokens(10, 20, 3, 4, true);
    private static final Instant AT = Instant.ofEpochMilli(0x18_0000_0000L);
    private static final Instant UNTIL = Instant.ofEpochMilli(0x18_0000_1000L);
    private static final Held WHOLE = new Held(new WholeAnswer("{}".getBytes(UTF_8), TOKENS, AT), UNTIL);
    private static final Held STREAM =
            new Held(new StreamRecording("abc".getBytes(UTF_8), new int[] {1, 1, 3}, TOKENS, AT), UNTIL);

    /** Other gateways, older and newer ones, read this: a changed format needs a new number. */
    @Test
    void theFormatStaysWhatItIs() {
        assertThat(HexFormat.of().formatHex(EntryCodec.encode(WHOLE)))
                .isEqualTo("01" + "00" + "0000001800000000" + "0000001800001000" + "000000000000000a"
                        + "0000000000000014" + "0000000000000003" + "0000000000000004" + "01" + "00000000" + "7b7d");
        assertThat(HexFormat.of().formatHex(EntryCodec.encode(STREAM)))
                .isEqualTo(
                        "01" + "01" + "0000001800000000" + "0000001800001000" + "000000000000000a" + "0000000000000014"
                                + "0000000000000003" + "0000000000000004" + "01" + "00000003" + "00000001" + "00000001"
                                + "00000003"
                                + "616263");
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(EntryCodec.decode(EntryCodec.encode(WHOLE)))
                .usingRecursiveComparison()
                .isEqualTo(WHOLE);
        assertThat(EntryCodec.decode(EntryCodec.encode(STREAM)))
                .usingRecursiveComparison()
                .isEqualTo(STREAM);
    }

    @Test
    void whatIsNoEntryIsAMiss() {
        var bytes = EntryCodec.encode(STREAM);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(EntryCodec.decode(Arrays.copyOf(bytes, length)))
                    .as("%s", length)
                    .isNull();
        }
        assertThat(EntryCodec.decode(with(bytes, 0, 2))).isNull();
        assertThat(EntryCodec.decode(with(bytes, 1, 2))).isNull();
        assertThat(EntryCodec.decode(with(bytes, 1, 0))).isNull();
        assertThat(EntryCodec.decode(with(bytes, 51, 0x7F)))
                .as("a number of events beyond the bytes")
                .isNull();
        assertThat(EntryCodec.decode(with(bytes, 51, 0x80)))
                .as("a negative number of events")
                .isNull();
        assertThat(EntryCodec.decode(with(bytes, 58, 9))).as("falling offsets").isNull();
        assertThat(EntryCodec.decode("not ours".getBytes(UTF_8))).isNull();
        var random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            var decoded = EntryCodec.decode(with(bytes, random.nextInt(bytes.length), random.nextInt()));
            if (decoded != null && decoded.entry() instanceof StreamRecording recording) {
                for (int event = 0; event < recording.size(); event++) {
                    recording.event(event);
                }
            }
        }
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        var copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }
}
