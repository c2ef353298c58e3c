package io.llmplatform.command.apikey;

import io.llmplatform.command.change.Change;
import io.llmplatform.contracts.event.ApiKeyEvent.Details;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of an API key. {@code restrictedTo} is the id of a caller who is no administrator: they handle their
 * own keys and those that {@link KeyOversight} gives them; any other key is as unknown as one that does not exist. Every
 * command answers with the version.
 */
public sealed interface ApiKeyCommand {
    String apiKeyId();

    /** @param hash of the key under the pepper; the key itself is in no command */
    record IssueApiKey(
            @TargetAggregateIdentifier String apiKeyId, String userId, String prefix, String hash, Details details)
            implements ApiKeyCommand {}

    /** For a machine: owned by a team. */
    record IssueServiceKey(
            @TargetAggregateIdentifier String apiKeyId, String teamId, String prefix, String hash, Details details)
            implements ApiKeyCommand {}

    /**
     * A new secret for the same key.
     *
     * @param previousUntil until when the secret before works beside it
     */
    record RotateApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String restrictedTo,
            String prefix,
            String hash,
            Instant previousUntil)
            implements ApiKeyCommand {}

    record EditApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String restrictedTo,
            Edit edit)
            implements ApiKeyCommand {}

    record DisableApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String restrictedTo) implements ApiKeyCommand {}

    record EnableApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String restrictedTo) implements ApiKeyCommand {}

    record RevokeApiKey(
            @TargetAggregateIdentifier String apiKeyId,
            @Nullable Long expectedVersion,
            @Nullable String restrictedTo) implements ApiKeyCommand {}

    /** What becomes of each detail. */
    record Edit(
            Change<String> name,
            Change<List<String>> allowedModels,
            Change<Instant> expiresAt,
            Change<List<String>> scopes,
            Change<List<String>> allowedIps,
            Change<Limits> limits,
            Change<List<Budget>> budgets,
            Change<Boolean> cache,
            Change<Map<String, String>> metadata) {
        Details on(Details details) {
            return new Details(
                    name.onRequired(details.name()),
                    allowedModels.on(details.allowedModels()),
                    expiresAt.on(details.expiresAt()),
                    scopes.on(details.scopes()),
                    allowedIps.on(details.allowedIps()),
                    limits.on(details.limits()),
                    budgets.on(details.budgets()),
                    cache.on(details.cache()),
                    metadata.on(details.metadata()));
        }
    }
}
