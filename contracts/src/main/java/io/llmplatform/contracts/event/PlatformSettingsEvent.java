package io.llmplatform.contracts.event;

import io.llmplatform.contracts.policy.Limits;
import org.jspecify.annotations.Nullable;

/** Facts about the settings that hold for the whole platform and take effect while it runs. */
public sealed interface PlatformSettingsEvent extends DomainEvent {
    /** The one stream of these events. */
    String ID = "set_platform";

    @EventType(name = "platform_settings.PlatformSettingsChanged")
    record PlatformSettingsChanged(String settingsId, Details before, Details after) implements PlatformSettingsEvent {}

    /**
     * What is absent is as each gateway was started.
     *
     * @param maxConcurrentRequests    of one gateway; what is more is shed
     * @param maxAttempts              upstream calls for one request
     * @param reservedCompletionTokens reserved where a request does not bound its answer
     * @param responseCache            whether answers are kept and given again, where model and key allow it; absent = yes
     * @param defaultKeyLimits         of every key that has no limits of its own; absent = none
     * @param journalFsyncAlways       whether a usage record must be on disk, not only with the operating system, before an answer ends
     * @param usageRetentionMonths     whole months, beside the current one, whose requests are kept one by one; absent = all. Sums stay
     */
    record Details(
            @Nullable Integer maxConcurrentRequests,
            @Nullable Integer maxAttempts,
            @Nullable Long reservedCompletionTokens,
            @Nullable Boolean responseCache,
            @Nullable Limits defaultKeyLimits,
            @Nullable Boolean journalFsyncAlways,
            @Nullable Integer usageRetentionMonths) {
        public static final Details NONE = new Details(null, null, null, null, null, null, null);
    }
}
