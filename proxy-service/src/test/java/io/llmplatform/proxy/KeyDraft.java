package io.llmplatform.proxy;

import io.llmplatform.contracts.apikey.ApiKeys;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.settings.Secrets;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An API key as a test wants it. */
final class KeyDraft {
    private final String id;
    private final String userId;
    private final String teamId;
    final String key = ApiKeys.generate(new SecureRandom());
    private Instant expiresAt;
    private List<String> scopes;
    private List<String> allowedIps;
    private Limits limits;
    private List<Budget> budgets;
    private Boolean cache;
    private Map<String, String> metadata;
    private String previous;
    private Instant previousUntil;

    KeyDraft(String id, String userId) {
        this.id = id;
        this.userId = userId;
        this.teamId = null;
    }

    private KeyDraft(String id, String userId, String teamId) {
        this.id = id;
        this.userId = userId;
        this.teamId = teamId;
    }

    /** A service key. */
    static KeyDraft ofTeam(String id, String teamId) {
        return new KeyDraft(id, null, teamId);
    }

    /** As after a rotation, with the secret there was before. */
    KeyDraft after(String before, Instant until) {
        previous = before;
        previousUntil = until;
        return this;
    }

    KeyDraft expires(Instant at) {
        expiresAt = at;
        return this;
    }

    KeyDraft scopes(String... endpoints) {
        scopes = List.of(endpoints);
        return this;
    }

    KeyDraft from(String... ranges) {
        allowedIps = List.of(ranges);
        return this;
    }

    KeyDraft limits(Limits rule) {
        limits = rule;
        return this;
    }

    /** In all, in USD. */
    KeyDraft budget(String amount) {
        budgets = List.of(new Budget(Budget.Period.TOTAL, new BigDecimal(amount), "USD"));
        return this;
    }

    KeyDraft cache(boolean allowed) {
        cache = allowed;
        return this;
    }

    KeyDraft tagged(String name, String value) {
        metadata = Map.of(name, value);
        return this;
    }

    private static String hash(String secret) {
        return ApiKeys.hash(secret, Secrets.keyBytes(ConfigTopic.PEPPER, "api-key-pepper"));
    }

    ConfigRecord.ApiKey record(long version) {
        return new ConfigRecord.ApiKey(
                id,
                version,
                true,
                userId,
                teamId,
                hash(key),
                previous == null ? null : hash(previous),
                previousUntil,
                null,
                expiresAt,
                scopes,
                allowedIps,
                limits,
                budgets,
                cache,
                metadata);
    }
}
