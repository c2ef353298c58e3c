package io.llmplatform.proxy.trial;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A form that asks for the transcription of a quarter of a second of silence. */
final class Silence {
    private static final String BOUNDARY = "llm-platform-trial";
    static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

    private static final int RATE = 16_000;
    private static final int SAMPLES = RATE / 4;

    private Silence() {}

    static byte[] form(String model) {
        var out = new ByteArrayOutputStream();
        text(out, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model + "\r\n");
        text(
                out,
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"silence.wav\"\r\n"
                        + "Content-Type: audio/wav\r\n\r\n");
        out.writeBytes(wav());
        text(out, "\r\n--" + BOUNDARY + "--\r\n");
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One channel of 16 bits. */
    private static byte[] wav() {
        int bytes = SAMPLES * 2;
        var out = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        out.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
        out.putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        return out.array();
    }
}
