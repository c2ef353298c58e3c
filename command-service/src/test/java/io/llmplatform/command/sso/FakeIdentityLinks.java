package io.llmplatform.command.sso;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Links in memory, by subject. */
public final class FakeIdentityLinks implements IdentityLinks {
    public final Map<String, String> bySubject = new HashMap<>();

    @Override
    public boolean link(String userId, String issuer, String subject) {
        return !bySubject.containsValue(userId) && bySubject.putIfAbsent(subject, userId) == null;
    }

    @Override
    public void unlink(String userId) {
        bySubject.values().remove(userId);
    }

    @Override
    public Optional<String> userOf(String issuer, String subject) {
        return Optional.ofNullable(bySubject.get(subject));
    }
}
