package io.llmplatform.proxy.upstream.mock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Sound as OpenAI's PCM: 24,000 samples a second, 16 bits signed, little-endian, one channel. */
final class Wav {
    static final int RATE = 24_000;
    private static final int SAMPLE_BYTES = 2;
    private static final int HEADER_BYTES = 44;
    private static final short PCM = 1;
    private static final short CHANNELS = 1;
    private static final double LOUDNESS = 0.2 * Short.MAX_VALUE;

    private Wav() {}

    /** Samples without a header. */
    static byte[] tone(int hertz, int millis) {
        int samples = (int) ((long) RATE * millis / 1000);
        var out = ByteBuffer.allocate(samples * SAMPLE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            out.putShort((short) (LOUDNESS * Math.sin(2 * Math.PI * hertz * i / RATE)));
        }
        return out.array();
    }

    static byte[] of(byte[] samples) {
        return ByteBuffer.allocate(HEADER_BYTES + samples.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(ISO_8859_1))
                .putInt(HEADER_BYTES - 8 + samples.length)
                .put("WAVEfmt ".getBytes(ISO_8859_1))
                .putInt(16)
                .putShort(PCM)
                .putShort(CHANNELS)
                .putInt(RATE)
                .putInt(RATE * SAMPLE_BYTES)
                .putShort((short) SAMPLE_BYTES)
                .putShort((short) (8 * SAMPLE_BYTES))
                .put("data".getBytes(ISO_8859_1))
                .putInt(samples.length)
                .put(samples)
                .array();
    }
}
