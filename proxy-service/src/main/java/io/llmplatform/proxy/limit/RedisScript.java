package io.llmplatform.proxy.limit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What runs inside Redis, in one step each. */
enum RedisScript {
    RESERVE("reserve.lua"),
    SETTLE("settle.lua");

    private final String text;

    RedisScript(String file) {
        try (var in = Objects.requireNonNull(RedisScript.class.getResourceAsStream(file), file)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }
}
