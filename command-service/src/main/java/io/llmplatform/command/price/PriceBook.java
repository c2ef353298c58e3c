package io.llmplatform.command.price;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.eventstore.Snapshots;
import io.llmplatform.command.price.PriceBookCommand.AddPrice;
import io.llmplatform.command.price.PriceBookCommand.CorrectPrice;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.PriceBookEvent.PriceVersionAdded;
import io.llmplatform.contracts.event.PriceBookEvent.PriceVersionCorrected;
import io.llmplatform.contracts.policy.PriceSchedule;
import io.llmplatform.contracts.policy.PriceVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The prices of one model, made by the first of them. No version begins in the past: what was answered is billed. Only a
 * correction may keep the past beginning of what it corrects, and even that changes no bill.
 */
@Aggregate(type = "price_book", snapshotTriggerDefinition = Snapshots.AFTER_MANY_EVENTS)
class PriceBook {
    /** Enough for a price a week for years; each is read again for every command. */
    private static final int MOST_VERSIONS = 500;

    /** Every gateway holds them. */
    private static final int MOST_COMING = 50;

    /** Between a person's clock and ours. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    @AggregateIdentifier
    private @Nullable String id;

    private String modelId = "";
    private String modelName = "";
    private List<PriceVersion> versions = new ArrayList<>();

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(AddPrice command, NameClaims claims) {
        var name = claims.nameOf(NameClaims.Kind.MODEL, command.modelId())
                .orElseThrow(() -> new Refusal.UnknownReference("model_id", "no such model"));
        var from = command.effectiveFrom() == null ? command.now() : command.effectiveFrom();
        refusePast(from, command.now());
        var standing = PriceSchedule.standing(versions);
        refuseSameBeginning(standing, from, null);
        var before = PriceSchedule.inForce(standing, from);
        if (before == null || !before.rates().equals(command.rates())) {
            refuseTooMany(standing, from, command.now());
            apply(new PriceVersionAdded(
                    command.bookId(),
                    command.modelId(),
                    name,
                    new PriceVersion(versions.size() + 1, from, command.rates(), null)));
        }
        return getVersion();
    }

    @CommandHandler
    long handle(CorrectPrice command) {
        ExpectedVersion.check(command.expectedVersion());
        var standing = PriceSchedule.standing(versions);
        var before = standing.stream()
                .filter(version -> version.number() == command.corrects())
                .findFirst()
                .orElseThrow(() -> notStanding(command.corrects()));
        var from = command.effectiveFrom() == null ? before.effectiveFrom() : command.effectiveFrom();
        if (!from.equals(before.effectiveFrom())) {
            refusePast(from, command.now());
            refuseSameBeginning(standing, from, before);
        }
        if (!from.equals(before.effectiveFrom()) || !command.rates().equals(before.rates())) {
            refuseTooMany(standing, from, command.now());
            apply(new PriceVersionCorrected(
                    command.bookId(),
                    modelId,
                    modelName,
                    before,
                    new PriceVersion(versions.size() + 1, from, command.rates(), before.number())));
        }
        return getVersion();
    }

    private Refusal notStanding(int number) {
        return versions.stream()
                .filter(version -> Integer.valueOf(number).equals(version.corrects()))
                .findFirst()
                .<Refusal>map(by -> new Refusal.Conflict(
                        "version " + number + " is corrected by version " + by.number() + " already; correct that one"))
                .orElseGet(() -> new Refusal.Invalid("corrects", "no such version"));
    }

    private static void refusePast(Instant from, Instant now) {
        if (from.isBefore(now.minus(TOLERANCE))) {
            throw new Refusal.Invalid("effective_from", "must not be in the past");
        }
    }

    private static void refuseSameBeginning(List<PriceVersion> standing, Instant from, @Nullable PriceVersion butThis) {
        for (var version : standing) {
            if (version != butThis && version.effectiveFrom().equals(from)) {
                throw new Refusal.Conflict(
                        "version " + version.number() + " begins at that moment; correct it instead");
            }
        }
    }

    private void refuseTooMany(List<PriceVersion> standing, Instant from, Instant now) {
        if (versions.size() >= MOST_VERSIONS) {
            throw new Refusal.Conflict("a model has at most " + MOST_VERSIONS + " versions of its prices");
        }
        long coming = standing.stream()
                .filter(version -> version.effectiveFrom().isAfter(now))
                .count();
        if (from.isAfter(now) && coming >= MOST_COMING) {
            throw new Refusal.Conflict("at most " + MOST_COMING + " versions may be still to come");
        }
    }

    @EventSourcingHandler
    void on(PriceVersionAdded event) {
        id = event.bookId();
        modelId = event.modelId();
        modelName = event.modelName();
        versions.add(event.version());
    }

    @EventSourcingHandler
    void on(PriceVersionCorrected event) {
        versions.add(event.after());
    }
}
