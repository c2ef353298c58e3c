package io.llmplatform.command.platformsettings;

import io.llmplatform.command.change.Change;
import io.llmplatform.contracts.event.PlatformSettingsEvent.Details;
import io.llmplatform.contracts.policy.Limits;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** Answers with the version. */
public record ChangePlatformSettings(
        @TargetAggregateIdentifier String settingsId,
        @Nullable Long expectedVersion,
        Edit edit) {
    /** What becomes of each setting; a cleared one is again as each gateway was started. */
    public record Edit(
            Change<Integer> maxConcurrentRequests,
            Change<Integer> maxAttempts,
            Change<Long> reservedCompletionTokens,
            Change<Boolean> responseCache,
            Change<Limits> defaultKeyLimits,
            Change<Boolean> journalFsyncAlways,
            Change<Integer> usageRetentionMonths) {
        Details on(Details details) {
            return new Details(
                    maxConcurrentRequests.on(details.maxConcurrentRequests()),
                    maxAttempts.on(details.maxAttempts()),
                    reservedCompletionTokens.on(details.reservedCompletionTokens()),
                    responseCache.on(details.responseCache()),
                    defaultKeyLimits.on(details.defaultKeyLimits()),
                    journalFsyncAlways.on(details.journalFsyncAlways()),
                    usageRetentionMonths.on(details.usageRetentionMonths()));
        }
    }
}
