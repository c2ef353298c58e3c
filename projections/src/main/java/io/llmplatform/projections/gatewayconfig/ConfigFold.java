package io.llmplatform.projections.gatewayconfig;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.contracts.event.UserEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an event makes of the record of its aggregate. Pure. */
final class ConfigFold {
    private ConfigFold() {}

    /** @return the new record; null when the event does not matter to the gateway */
    static @Nullable ConfigRecord next(@Nullable ConfigRecord current, long position, Instant at, DomainEvent event) {
        return switch (event) {
            case UserEvent user -> user(current, position, user);
            case ApiKeyEvent key -> apiKey(current, position, key);
            case ProviderEvent provider -> provider(current, position, provider);
            case ModelEvent model -> model(current, position, at, model);
            case SigningKeyPublished(var id, var algorithm, var publicKey) ->
                new ConfigRecord.SigningKey(id, position, algorithm, publicKey);
        };
    }

    private static @Nullable ConfigRecord user(@Nullable ConfigRecord current, long position, UserEvent event) {
        return switch (event) {
            case UserEvent.UserCreated(var id, var ignored1, var details) ->
                new ConfigRecord.User(id, position, true, details.role());
            case UserEvent.UserEdited(var id, var ignored1, var after) -> {
                var user = known(current, ConfigRecord.User.class, id);
                yield new ConfigRecord.User(id, position, user.active(), after.role());
            }
            case UserEvent.UserDisabled(var id) -> activeUser(current, position, id, false);
            case UserEvent.UserEnabled(var id) -> activeUser(current, position, id, true);
            case UserEvent.UserPasswordChanged ignored -> null;
        };
    }

    private static ConfigRecord activeUser(@Nullable ConfigRecord current, long position, String id, boolean active) {
        return new ConfigRecord.User(
                id,
                position,
                active,
                known(current, ConfigRecord.User.class, id).role());
    }

    private static ConfigRecord apiKey(@Nullable ConfigRecord current, long position, ApiKeyEvent event) {
        return switch (event) {
            case ApiKeyEvent.ApiKeyIssued(var id, var userId, var ignored1, var hash, var details) ->
                new ConfigRecord.ApiKey(id, position, true, userId, hash, details.allowedModels(), details.expiresAt());
            case ApiKeyEvent.ApiKeyEdited(var id, var ignored1, var after) -> {
                var key = known(current, ConfigRecord.ApiKey.class, id);
                yield new ConfigRecord.ApiKey(
                        id, position, key.active(), key.userId(), key.hash(), after.allowedModels(), after.expiresAt());
            }
            case ApiKeyEvent.ApiKeyDisabled(var id) -> activeKey(current, position, id, false);
            case ApiKeyEvent.ApiKeyEnabled(var id) -> activeKey(current, position, id, true);
            case ApiKeyEvent.ApiKeyRevoked(var id) -> activeKey(current, position, id, false);
        };
    }

    private static ConfigRecord activeKey(@Nullable ConfigRecord current, long position, String id, boolean active) {
        var key = known(current, ConfigRecord.ApiKey.class, id);
        return new ConfigRecord.ApiKey(
                id, position, active, key.userId(), key.hash(), key.allowedModels(), key.expiresAt());
    }

    private static ConfigRecord provider(@Nullable ConfigRecord current, long position, ProviderEvent event) {
        if (event instanceof ProviderEvent.ProviderCreated(var id, var details, var secret)) {
            return new ConfigRecord.Provider(
                    id, position, true, details.name(), details.type(), details.baseUrl(), secret);
        }
        var was = known(current, ConfigRecord.Provider.class, event.providerId());
        var details = event instanceof ProviderEvent.ProviderEdited(var ignored1, var ignored2, var after)
                ? after
                : new ProviderEvent.Details(was.name(), was.type(), was.baseUrl());
        var secret = event instanceof ProviderEvent.ProviderSecretRotated(var ignored1, var rotated)
                ? rotated
                : was.secret();
        boolean active =
                switch (event) {
                    case ProviderEvent.ProviderDisabled ignored -> false;
                    case ProviderEvent.ProviderEnabled ignored -> true;
                    default -> was.active();
                };
        return new ConfigRecord.Provider(
                was.id(), position, active, details.name(), details.type(), details.baseUrl(), secret);
    }

    private static ConfigRecord model(@Nullable ConfigRecord current, long position, Instant at, ModelEvent event) {
        if (event instanceof ModelEvent.ModelCreated(var id, var details)) {
            return new ConfigRecord.Model(
                    id, position, true, details.name(), details.deployments(), details.price(), at);
        }
        var was = known(current, ConfigRecord.Model.class, event.modelId());
        var details = event instanceof ModelEvent.ModelEdited(var ignored1, var ignored2, var after)
                ? after
                : new ModelEvent.Details(was.name(), was.deployments(), was.price());
        boolean active =
                switch (event) {
                    case ModelEvent.ModelDisabled ignored -> false;
                    case ModelEvent.ModelEnabled ignored -> true;
                    default -> was.active();
                };
        return new ConfigRecord.Model(
                was.id(), position, active, details.name(), details.deployments(), details.price(), was.createdAt());
    }

    private static <R extends ConfigRecord> R known(@Nullable ConfigRecord current, Class<R> type, String id) {
        if (current == null) {
            throw new IllegalArgumentException("the event that created " + id + " was not applied");
        }
        return type.cast(current);
    }
}
