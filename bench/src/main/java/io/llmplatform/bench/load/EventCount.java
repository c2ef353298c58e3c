package io.llmplatform.bench.load;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Counts what matters in a stream of server-sent events: chunks with content, and whether the end mark came. */
final class EventCount {
    private static final byte[] CONTENT = "\"content\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "data: [DONE]".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream open = new ByteArrayOutputStream(512);
    private int content;
    private boolean ended;

    /** @param part bytes as they came, cut anywhere */
    void read(Buffer part) {
        var bytes = part.getBytes();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (open.size() == 0) {
                    line(bytes, from, i);
                } else {
                    open.write(bytes, from, i - from);
                    line(open.toByteArray(), 0, open.size());
                    open.reset();
                }
                from = i + 1;
            }
        }
        open.write(bytes, from, bytes.length - from);
    }

    int content() {
        return content;
    }

    boolean ended() {
        return ended;
    }

    private void line(byte[] bytes, int from, int to) {
        if (to - from < END.length || bytes[from] != 'd') {
            return;
        }
        if (startsWith(bytes, from, to, END)) {
            ended = true;
            return;
        }
        for (int i = from; i < to - CONTENT.length - 1; i++) {
            if (bytes[i] == '"' && startsWith(bytes, i, to, CONTENT)) {
                int value = i + CONTENT.length;
                value += bytes[value] == ' ' ? 1 : 0;
                content += bytes[value] == '"' && bytes[value + 1] != '"' ? 1 : 0;
                return;
            }
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] what) {
        if (to - from < what.length) {
            return false;
        }
        for (int i = 0; i < what.length; i++) {
            if (bytes[from + i] != what[i]) {
                return false;
            }
        }
        return true;
    }
}
