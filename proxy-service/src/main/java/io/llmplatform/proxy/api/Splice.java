package io.llmplatform.proxy.api;

import java.nio.charset.StandardCharsets;

/** Replaces the bytes from (inclusive) to (exclusive) of a body. */
public record Splice(int from, int to, byte[] replacement) {
    static Splice of(int from, int to, String replacement) {
        return new Splice(from, to, replacement.getBytes(StandardCharsets.UTF_8));
    }
}
