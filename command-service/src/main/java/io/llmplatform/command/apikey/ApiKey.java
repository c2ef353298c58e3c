package io.llmplatform.command.apikey;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.apikey.ApiKeyCommand.DisableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.EditApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.EnableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.IssueApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.IssueServiceKey;
import io.llmplatform.command.apikey.ApiKeyCommand.RevokeApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.RotateApiKey;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.eventstore.Snapshots;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyDisabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEdited;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEnabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyIssued;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyRevoked;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyRotated;
import io.llmplatform.contracts.event.ApiKeyEvent.Details;
import io.llmplatform.contracts.event.ApiKeyEvent.ServiceKeyIssued;
import java.util.Objects;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A key of the data plane. Active and disabled follow each other; revoked is the end. */
@Aggregate(type = "api_key", snapshotTriggerDefinition = Snapshots.AFTER_MANY_EVENTS)
class ApiKey {
    @AggregateIdentifier
    private @Nullable String id;

    private Owner owner = new Owner(null, null);
    private String prefix = "";
    private String hash = "";
    private Details details = new Details("", null, null, null, null, null, null, null, null);
    private State state = State.ACTIVE;
    private @Nullable String limitedBy;
    private @Nullable String disabledBy;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(IssueApiKey command) {
        apply(new ApiKeyIssued(
                command.apiKeyId(), command.userId(), command.prefix(), command.hash(), command.details()));
        return getVersion();
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(IssueServiceKey command) {
        apply(new ServiceKeyIssued(
                command.apiKeyId(), command.teamId(), command.prefix(), command.hash(), command.details()));
        return getVersion();
    }

    /** A secret that still worked from an earlier rotation ends at once. */
    @CommandHandler
    long handle(RotateApiKey command, KeyOversight oversight) {
        check(command, command.restrictedTo(), command.expectedVersion(), oversight);
        refuseWhenRevoked();
        apply(new ApiKeyRotated(
                command.apiKeyId(), command.prefix(), command.hash(), prefix, hash, command.previousUntil()));
        return getVersion();
    }

    @CommandHandler
    long handle(EditApiKey command, KeyOversight oversight) {
        check(command, command.restrictedTo(), command.expectedVersion(), oversight);
        var after = command.edit().on(details);
        if (!after.equals(details)) {
            refuseWhenRevoked();
            if (!differInNameOnly(details, after)) {
                refuseUnlessTheirs(
                        command.restrictedTo(), limitedBy, oversight, "somebody else has restricted this key");
            }
            if (command.restrictedTo() != null) {
                refuseWidening(details, after);
            }
            apply(new ApiKeyEdited(command.apiKeyId(), details, after));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(DisableApiKey command, KeyOversight oversight) {
        check(command, command.restrictedTo(), command.expectedVersion(), oversight);
        refuseWhenRevoked();
        if (state == State.ACTIVE) {
            apply(new ApiKeyDisabled(command.apiKeyId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(EnableApiKey command, KeyOversight oversight) {
        check(command, command.restrictedTo(), command.expectedVersion(), oversight);
        refuseWhenRevoked();
        if (state == State.DISABLED) {
            refuseUnlessTheirs(command.restrictedTo(), disabledBy, oversight, "somebody else disabled this key");
            apply(new ApiKeyEnabled(command.apiKeyId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(RevokeApiKey command, KeyOversight oversight) {
        check(command, command.restrictedTo(), command.expectedVersion(), oversight);
        if (state != State.REVOKED) {
            apply(new ApiKeyRevoked(command.apiKeyId()));
        }
        return getVersion();
    }

    private void check(
            ApiKeyCommand command,
            @Nullable String restrictedTo,
            @Nullable Long expectedVersion,
            KeyOversight oversight) {
        if (restrictedTo != null && !owner.isUser(restrictedTo) && !oversight.oversees(restrictedTo, owner)) {
            throw new Refusal.NotFound("api key", command.apiKeyId());
        }
        ExpectedVersion.check(expectedVersion);
    }

    private void refuseWhenRevoked() {
        if (state == State.REVOKED) {
            throw new Refusal.Conflict("the key is revoked, which is final");
        }
    }

    /**
     * What a manager or an administrator did to a key, its owner does not undo; what an administrator did, a manager does
     * not either. Managers undo what the owner and the managers of that team did.
     */
    private void refuseUnlessTheirs(
            @Nullable String restrictedTo, @Nullable String doneBy, KeyOversight oversight, String detail) {
        if (restrictedTo == null || restrictedTo.equals(doneBy)) {
            return;
        }
        boolean below = doneBy != null && (owner.isUser(doneBy) || oversight.oversees(doneBy, owner));
        if (!below || !oversight.oversees(restrictedTo, owner)) {
            throw new Refusal.Forbidden(detail);
        }
    }

    /**
     * Refuses to everybody but administrators what a key does not only narrow: metadata steer routing and are booked with the usage, and a
     * key that opts into the cache is given answers to others.
     *
     * @param before null when the key is new
     * @throws Refusal.Forbidden when {@code after} has other metadata than {@code before}, or the cache turned on
     */
    static void refuseWidening(@Nullable Details before, Details after) {
        if (Boolean.TRUE.equals(after.cache()) && (before == null || !Boolean.TRUE.equals(before.cache()))) {
            throw new Refusal.Forbidden("only administrators turn the cache on for a key");
        }
        if (!Objects.equals(before == null ? null : before.metadata(), after.metadata())) {
            throw new Refusal.Forbidden("only administrators set the metadata of a key");
        }
    }

    private static boolean differInNameOnly(Details one, Details other) {
        return new Details(
                        other.name(),
                        one.allowedModels(),
                        one.expiresAt(),
                        one.scopes(),
                        one.allowedIps(),
                        one.limits(),
                        one.budgets(),
                        one.cache(),
                        one.metadata())
                .equals(other);
    }

    @EventSourcingHandler
    void on(ApiKeyIssued event, MetaData metadata) {
        id = event.apiKeyId();
        issued(Owner.user(event.userId()), event.prefix(), event.hash(), event.details(), metadata);
    }

    @EventSourcingHandler
    void on(ServiceKeyIssued event, MetaData metadata) {
        id = event.apiKeyId();
        issued(Owner.team(event.teamId()), event.prefix(), event.hash(), event.details(), metadata);
    }

    private void issued(Owner to, String newPrefix, String newHash, Details newDetails, MetaData metadata) {
        owner = to;
        prefix = newPrefix;
        hash = newHash;
        details = newDetails;
        limitedBy = CallerMetadata.actorId(metadata).orElse(null);
    }

    @EventSourcingHandler
    void on(ApiKeyRotated event) {
        prefix = event.prefix();
        hash = event.hash();
    }

    @EventSourcingHandler
    void on(ApiKeyEdited event, MetaData metadata) {
        if (!differInNameOnly(event.before(), event.after())) {
            limitedBy = CallerMetadata.actorId(metadata).orElse(null);
        }
        details = event.after();
    }

    @EventSourcingHandler
    void on(ApiKeyDisabled event, MetaData metadata) {
        state = State.DISABLED;
        disabledBy = CallerMetadata.actorId(metadata).orElse(null);
    }

    @EventSourcingHandler
    void on(ApiKeyEnabled event) {
        state = State.ACTIVE;
    }

    @EventSourcingHandler
    void on(ApiKeyRevoked event) {
        state = State.REVOKED;
    }

    private enum State {
        ACTIVE,
        DISABLED,
        REVOKED
    }
}
