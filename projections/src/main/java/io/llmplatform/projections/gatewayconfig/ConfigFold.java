package io.llmplatform.projections.gatewayconfig;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.AttemptEvent;
import io.llmplatform.contracts.event.DomainEvent;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.PriceBookEvent;
import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.SavedSearchEvent;
import io.llmplatform.contracts.event.SessionEvent;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.contracts.event.SigningKeyRetired;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.contracts.event.UserEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an event makes of the record of its aggregate. Pure. */
final class ConfigFold {
    private ConfigFold() {}

    /** @return the new record; null when the event does not matter to the gateway */
    static @Nullable ConfigRecord next(
            @Nullable ConfigRecord current, long position, Instant at, DomainEvent event, SealingKeys sealing) {
        return switch (event) {
            case UserEvent user -> user(current, position, user, sealing);
            case TeamEvent team -> team(current, position, team);
            case ApiKeyEvent key -> ApiKeyFold.next(current, position, key);
            case ProviderEvent provider -> provider(current, position, provider);
            case ModelEvent model -> model(current, position, at, model);
            case PriceBookEvent prices -> PriceBookFold.next(current, position, prices);
            case PlatformSettingsEvent.PlatformSettingsChanged(var id, var ignored, var after) ->
                new ConfigRecord.Settings(id, position, after);
            case SigningKeyPublished(var id, var algorithm, var publicKey) ->
                new ConfigRecord.SigningKey(id, position, algorithm, publicKey, null);
            case SigningKeyRetired(var id) -> retired(current, position, id);
            case SessionEvent.SessionClosed(var id, var ignored1, var ignored2, var tokensExpireAt) ->
                new ConfigRecord.ClosedSession(id, position, tokensExpireAt);
            case SessionEvent.SessionOpened ignored -> null;
            case SavedSearchEvent ignored -> null;
            case LoginFailed ignored -> null;
            case AttemptEvent ignored -> null;
            case ProjectionEvent ignored -> null;
        };
    }

    /** Also without the event that published it: a key must be refused in any case. */
    private static ConfigRecord retired(@Nullable ConfigRecord current, long position, String id) {
        return current instanceof ConfigRecord.SigningKey was
                ? new ConfigRecord.SigningKey(id, position, was.algorithm(), was.publicKey(), true)
                : new ConfigRecord.SigningKey(id, position, "", "", true);
    }

    private static @Nullable ConfigRecord user(
            @Nullable ConfigRecord current, long position, UserEvent event, SealingKeys sealing) {
        return switch (event) {
            case UserEvent.UserCreated(var id, var ignored1, var details) -> user(id, position, true, details, sealing);
            case UserEvent.UserEdited(var id, var ignored1, var after) ->
                user(id, position, known(current, ConfigRecord.User.class, id).active(), after, sealing);
            case UserEvent.UserDisabled(var id) -> activeUser(current, position, id, false);
            case UserEvent.UserEnabled(var id) -> activeUser(current, position, id, true);
            case UserEvent.UserPasswordChanged ignored -> null;
            case UserEvent.UserInvited ignored -> null;
            case UserEvent.InvitationAccepted ignored -> null;
            case UserEvent.SecondFactorEnrolled ignored -> null;
            case UserEvent.SecondFactorRemoved ignored -> null;
            case UserEvent.RecoveryCodeUsed ignored -> null;
            case UserEvent.IdentityLinked ignored -> null;
            case UserEvent.IdentityUnlinked ignored -> null;
        };
    }

    private static ConfigRecord user(
            String id, long position, boolean active, UserEvent.Details details, SealingKeys sealing) {
        return new ConfigRecord.User(
                id,
                position,
                active,
                details.role(),
                details.teamId(),
                details.limits(),
                details.budgets(),
                sealing.of(id));
    }

    private static ConfigRecord activeUser(@Nullable ConfigRecord current, long position, String id, boolean active) {
        var was = known(current, ConfigRecord.User.class, id);
        return new ConfigRecord.User(
                id, position, active, was.role(), was.teamId(), was.limits(), was.budgets(), was.sealingKey());
    }

    private static @Nullable ConfigRecord team(@Nullable ConfigRecord current, long position, TeamEvent event) {
        return switch (event) {
            case TeamEvent.TeamCreated(var id, var details) ->
                new ConfigRecord.Team(id, position, true, details.limits(), details.budgets());
            case TeamEvent.TeamEdited(var id, var ignored, var after) ->
                new ConfigRecord.Team(
                        id,
                        position,
                        known(current, ConfigRecord.Team.class, id).active(),
                        after.limits(),
                        after.budgets());
            case TeamEvent.TeamDisabled(var id) -> activeTeam(current, position, id, false);
            case TeamEvent.TeamEnabled(var id) -> activeTeam(current, position, id, true);
            case TeamEvent.TeamManagerAdded ignored -> null;
            case TeamEvent.TeamManagerRemoved ignored -> null;
        };
    }

    private static ConfigRecord activeTeam(@Nullable ConfigRecord current, long position, String id, boolean active) {
        var was = known(current, ConfigRecord.Team.class, id);
        return new ConfigRecord.Team(id, position, active, was.limits(), was.budgets());
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
        var secret =
                switch (event) {
                    case ProviderEvent.ProviderSecretRotated(var ignored1, var rotated) -> rotated;
                    case ProviderEvent.ProviderSecretRewrapped(var ignored1, var ignored2, var rewrapped) -> rewrapped;
                    default -> was.secret();
                };
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
            return model(id, position, true, details, at);
        }
        var was = known(current, ConfigRecord.Model.class, event.modelId());
        var details = event instanceof ModelEvent.ModelEdited(var ignored1, var ignored2, var after)
                ? after
                : new ModelEvent.Details(
                        was.name(),
                        was.deployments(),
                        was.price(),
                        was.routing(),
                        was.limits(),
                        was.cache(),
                        was.catalog());
        boolean active =
                switch (event) {
                    case ModelEvent.ModelDisabled ignored -> false;
                    case ModelEvent.ModelEnabled ignored -> true;
                    default -> was.active();
                };
        return model(was.id(), position, active, details, was.createdAt());
    }

    private static ConfigRecord model(
            String id, long position, boolean active, ModelEvent.Details details, Instant createdAt) {
        return new ConfigRecord.Model(
                id,
                position,
                active,
                details.name(),
                details.deployments(),
                details.price(),
                details.routing(),
                details.limits(),
                details.cache(),
                details.catalog(),
                createdAt);
    }

    static <R extends ConfigRecord> R known(@Nullable ConfigRecord current, Class<R> type, String id) {
        if (current == null) {
            throw new IllegalArgumentException("the event that created " + id + " was not applied");
        }
        return type.cast(current);
    }

    /** What seals for a person. */
    @FunctionalInterface
    interface SealingKeys {
        /** @return null when there is nothing to seal with (any more) */
        @Nullable
        String of(String userId);
    }
}
