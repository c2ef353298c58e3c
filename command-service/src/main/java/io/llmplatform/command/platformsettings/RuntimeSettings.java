package io.llmplatform.command.platformsettings;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.change.ExpectedVersion;
import io.llmplatform.command.eventstore.Snapshots;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.event.PlatformSettingsEvent.Details;
import io.llmplatform.contracts.event.PlatformSettingsEvent.PlatformSettingsChanged;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** The one set of settings there is. It comes to be with its first change. */
@Aggregate(type = "platform_settings", snapshotTriggerDefinition = Snapshots.AFTER_MANY_EVENTS)
class RuntimeSettings {
    /** As long as nothing was ever changed. */
    static final long NEVER_CHANGED = -1;

    @AggregateIdentifier
    private @Nullable String id;

    private Details details = Details.NONE;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    long handle(ChangePlatformSettings command) {
        var expected = command.expectedVersion();
        if (id != null) {
            ExpectedVersion.check(expected);
        } else if (expected != null) {
            throw new Refusal.StaleVersion(expected, NEVER_CHANGED);
        }
        var after = command.edit().on(details);
        if (!after.equals(details)) {
            apply(new PlatformSettingsChanged(command.settingsId(), details, after));
        }
        return id == null ? NEVER_CHANGED : getVersion();
    }

    @EventSourcingHandler
    void on(PlatformSettingsChanged event) {
        id = event.settingsId();
        details = event.after();
    }
}
