package io.llmplatform.contracts.event;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts about an API key. The key itself is in none of them. */
public sealed interface ApiKeyEvent extends DomainEvent {
    String apiKeyId();

    /**
     * @param userId the owner
     * @param prefix the part that may be shown ({@link io.llmplatform.contracts.apikey.ApiKeys#displayPrefix})
     * @param hash   {@link io.llmplatform.contracts.apikey.ApiKeys#hash}
     */
    @EventType(name = "api_key.ApiKeyIssued")
    record ApiKeyIssued(String apiKeyId, String userId, String prefix, String hash, Details details)
            implements ApiKeyEvent {}

    /**
     * A key for a machine: it belongs to a team and to no person.
     *
     * @param prefix as in {@link ApiKeyIssued}, like {@code hash}
     */
    @EventType(name = "api_key.ServiceKeyIssued")
    record ServiceKeyIssued(String apiKeyId, String teamId, String prefix, String hash, Details details)
            implements ApiKeyEvent {}

    /**
     * The key got another secret; everything else about it stays.
     *
     * @param previousUntil the instant from which the secret before is refused; one before that is refused at once
     */
    @EventType(name = "api_key.ApiKeyRotated")
    record ApiKeyRotated(
            String apiKeyId,
            String prefix,
            String hash,
            String previousPrefix,
            String previousHash,
            Instant previousUntil)
            implements ApiKeyEvent {}

    @EventType(name = "api_key.ApiKeyEdited")
    record ApiKeyEdited(String apiKeyId, Details before, Details after) implements ApiKeyEvent {}

    @EventType(name = "api_key.ApiKeyDisabled")
    record ApiKeyDisabled(String apiKeyId) implements ApiKeyEvent {}

    @EventType(name = "api_key.ApiKeyEnabled")
    record ApiKeyEnabled(String apiKeyId) implements ApiKeyEvent {}

    /** Final: a revoked key never works again. */
    @EventType(name = "api_key.ApiKeyRevoked")
    record ApiKeyRevoked(String apiKeyId) implements ApiKeyEvent {}

    /**
     * What can be edited.
     *
     * @param allowedModels names of the models it may call; absent = all
     * @param expiresAt     the instant from which it is refused; absent = never
     * @param scopes        endpoints it may call, such as {@code chat.completions}; absent = all
     * @param allowedIps    addresses or CIDR ranges it may be used from; absent = all
     * @param cache         whether answers may come from the response cache; absent = as the model says
     * @param metadata      tags carried into usage
     */
    record Details(
            String name,
            @Nullable List<String> allowedModels,
            @Nullable Instant expiresAt,
            @Nullable List<String> scopes,
            @Nullable List<String> allowedIps,
            @Nullable Limits limits,
            @Nullable List<Budget> budgets,
            @Nullable Boolean cache,
            @Nullable Map<String, String> metadata) {}
}
