package io.llmplatform.projections.gatewayconfig;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.ApiKeyEvent.Details;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an event makes of the record of its key. Pure. */
final class ApiKeyFold {
    private ApiKeyFold() {}

    static ConfigRecord next(@Nullable ConfigRecord current, long position, ApiKeyEvent event) {
        return switch (event) {
            case ApiKeyEvent.ApiKeyIssued(var id, var userId, var ignored, var hash, var details) ->
                record(id, position, true, userId, null, new Secrets(hash, null, null), details);
            case ApiKeyEvent.ServiceKeyIssued(var id, var teamId, var ignored, var hash, var details) ->
                record(id, position, true, null, teamId, new Secrets(hash, null, null), details);
            case ApiKeyEvent.ApiKeyEdited(var id, var ignored, var after) -> {
                var was = known(current, id);
                yield record(id, position, was.active(), was.userId(), was.teamId(), Secrets.of(was), after);
            }
            case ApiKeyEvent.ApiKeyRotated rotated -> {
                var was = known(current, rotated.apiKeyId());
                var secrets = new Secrets(rotated.hash(), rotated.previousHash(), rotated.previousUntil());
                yield record(was.id(), position, was.active(), was.userId(), was.teamId(), secrets, details(was));
            }
            case ApiKeyEvent.ApiKeyDisabled(var id) -> active(current, position, id, false);
            case ApiKeyEvent.ApiKeyEnabled(var id) -> active(current, position, id, true);
            case ApiKeyEvent.ApiKeyRevoked(var id) -> active(current, position, id, false);
        };
    }

    private static ConfigRecord active(@Nullable ConfigRecord current, long position, String id, boolean active) {
        var was = known(current, id);
        return record(id, position, active, was.userId(), was.teamId(), Secrets.of(was), details(was));
    }

    private static ConfigRecord.ApiKey known(@Nullable ConfigRecord current, String id) {
        return ConfigFold.known(current, ConfigRecord.ApiKey.class, id);
    }

    /** The name does not matter to the gateway and is not kept. */
    private static Details details(ConfigRecord.ApiKey was) {
        return new Details(
                "",
                was.allowedModels(),
                was.expiresAt(),
                was.scopes(),
                was.allowedIps(),
                was.limits(),
                was.budgets(),
                was.cache(),
                was.metadata());
    }

    private static ConfigRecord record(
            String id,
            long position,
            boolean active,
            @Nullable String userId,
            @Nullable String teamId,
            Secrets secrets,
            Details details) {
        return new ConfigRecord.ApiKey(
                id,
                position,
                active,
                userId,
                teamId,
                secrets.hash(),
                secrets.previousHash(),
                secrets.previousUntil(),
                details.allowedModels(),
                details.expiresAt(),
                details.scopes(),
                details.allowedIps(),
                details.limits(),
                details.budgets(),
                details.cache(),
                details.metadata());
    }

    private record Secrets(
            String hash,
            @Nullable String previousHash,
            @Nullable Instant previousUntil) {
        static Secrets of(ConfigRecord.ApiKey was) {
            return new Secrets(was.hash(), was.previousHash(), was.previousUntil());
        }
    }
}
