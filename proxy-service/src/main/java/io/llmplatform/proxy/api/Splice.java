package io.llmplatform.proxy.chat;

import java.nio.charset.StandardCharsets;

/** Replaces the bytes from (inclusive) to (exclusive) of a body. */
record Splice(int from, int to, byte[] replacement) {
    static Splice of(int from, int to, String replacement) {
        return new Splice(from, to, replacement.getBytes(StandardCharsets.UTF_8));
    }
}
