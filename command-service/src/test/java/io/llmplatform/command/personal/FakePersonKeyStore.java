package io.llmplatform.command.personal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keys in memory, each of its own number. */
public final class FakePersonKeyStore implements PersonKeyStore {
    private final Map<String, byte[]> keys = new HashMap<>();

    @Override
    public byte[] obtain(String subject) {
        return keys.computeIfAbsent(subject, _ -> {
            var key = new byte[32];
            Arrays.fill(key, (byte) (keys.size() + 1));
            return key;
        });
    }

    @Override
    public Optional<byte[]> find(String subject) {
        return Optional.ofNullable(keys.get(subject));
    }

    @Override
    public Optional<String> wrapped(String subject) {
        throw new UnsupportedOperationException("nothing is published here");
    }
}
