package io.llmplatform.command.invitation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Invitations in memory, as {@code hash until instant} by user. */
public final class FakeInvitations implements Invitations {
    public final Map<String, String> open = new HashMap<>();

    @Override
    public void open(String userId, String tokenHash, Instant expiresAt) {
        open.put(userId, tokenHash + " until " + expiresAt);
    }

    @Override
    public void close(String userId) {
        open.remove(userId);
    }

    @Override
    public boolean use(String userId, String tokenHash, Instant now) {
        return open.containsKey(userId)
                && open.get(userId).startsWith(tokenHash + " until ")
                && Instant.parse(open.get(userId).split(" until ")[1]).isAfter(now)
                && open.remove(userId) != null;
    }

    @Override
    public Optional<String> invited(String tokenHash, Instant now) {
        throw new UnsupportedOperationException();
    }
}
