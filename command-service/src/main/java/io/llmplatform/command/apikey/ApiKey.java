package io.llmplatform.command.apikey;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.apikey.ApiKeyCommand.DisableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.EditApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.EnableApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.IssueApiKey;
import io.llmplatform.command.apikey.ApiKeyCommand.RevokeApiKey;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyDisabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEdited;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyEnabled;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyIssued;
import io.llmplatform.contracts.event.ApiKeyEvent.ApiKeyRevoked;
import io.llmplatform.contracts.event.ApiKeyEvent.Details;
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
@Aggregate(type = "api_key")
class ApiKey {
    @AggregateIdentifier
    private @Nullable String id;

    private String owner = "";
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
    long handle(EditApiKey command) {
        check(command, command.onlyOwner(), command.expectedVersion());
        var after = command.edit().on(details);
        if (!after.equals(details)) {
            refuseWhenRevoked();
            if (!differInNameOnly(details, after)) {
                refuseUnlessOwn(command.onlyOwner(), limitedBy, "somebody else has restricted this key");
            }
            if (command.onlyOwner() != null) {
                refuseWidening(details, after);
            }
            apply(new ApiKeyEdited(command.apiKeyId(), details, after));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(DisableApiKey command) {
        check(command, command.onlyOwner(), command.expectedVersion());
        refuseWhenRevoked();
        if (state == State.ACTIVE) {
            apply(new ApiKeyDisabled(command.apiKeyId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(EnableApiKey command) {
        check(command, command.onlyOwner(), command.expectedVersion());
        refuseWhenRevoked();
        if (state == State.DISABLED) {
            refuseUnlessOwn(command.onlyOwner(), disabledBy, "somebody else disabled this key");
            apply(new ApiKeyEnabled(command.apiKeyId()));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(RevokeApiKey command) {
        check(command, command.onlyOwner(), command.expectedVersion());
        if (state != State.REVOKED) {
            apply(new ApiKeyRevoked(command.apiKeyId()));
        }
        return getVersion();
    }

    private void check(ApiKeyCommand command, @Nullable String onlyOwner, @Nullable Long expectedVersion) {
        if (onlyOwner != null && !onlyOwner.equals(owner)) {
            throw new Refusal.NotFound("api key", command.apiKeyId());
        }
        ExpectedVersion.check(expectedVersion);
    }

    private void refuseWhenRevoked() {
        if (state == State.REVOKED) {
            throw new Refusal.Conflict("the key is revoked, which is final");
        }
    }

    /** What an administrator did to a member's key, the member does not undo. */
    private static void refuseUnlessOwn(@Nullable String onlyOwner, @Nullable String doneBy, String detail) {
        if (onlyOwner != null && !onlyOwner.equals(doneBy)) {
            throw new Refusal.Forbidden(detail);
        }
    }

    /**
     * Refuses to a member what a key does not only narrow: metadata steer routing and are booked with the usage, and a
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
        owner = event.userId();
        details = event.details();
        limitedBy = CallerMetadata.actorId(metadata).orElse(null);
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
