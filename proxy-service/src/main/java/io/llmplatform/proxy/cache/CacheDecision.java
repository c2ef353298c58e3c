package io.llmplatform.proxy.cache;

import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.proxy.api.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the cache has to do with one request. An administrator allows it, by the model's rule or by the key's flag; the flag
 * can also forbid it. Clients choose within that: they cannot switch on what nobody allowed.
 *
 * @param read  whether to look for an answer
 * @param write whether to keep the one that comes
 * @param ttl   how long it is kept; zero when it is not
 */
public record CacheDecision(boolean read, boolean write, Duration ttl) {
    public static final CacheDecision BYPASS = new CacheDecision(false, false, Duration.ZERO);

    /** For a key that allows it with a model that has no rule. */
    public static final Duration DEFAULT_TTL = Duration.ofMinutes(5);

    /** Tells the hopeless ones before their body is looked at. */
    public static boolean possible(
            Operation operation, @Nullable CacheRule rule, @Nullable Boolean keyFlag, CacheWish wish) {
        boolean allowed = keyFlag == null ? rule != null : keyFlag;
        return allowed && (wish.read() || wish.write()) && CacheFacts.cacheable(operation);
    }

    /**
     * @param rule    of the model
     * @param keyFlag of the caller's key: true = allowed, false = forbidden, absent = as the model says
     */
    public static CacheDecision of(
            @Nullable CacheRule rule, @Nullable Boolean keyFlag, CacheWish wish, CacheFacts facts) {
        boolean fit = !facts.stateful() && (facts.settled() || wish.insist());
        if (!fit || !possible(facts.operation(), rule, keyFlag, wish)) {
            return BYPASS;
        }
        var ttl = rule == null ? DEFAULT_TTL : Duration.ofSeconds(rule.ttlSeconds());
        return new CacheDecision(wish.read(), wish.write(), wish.write() ? ttl : Duration.ZERO);
    }
}
