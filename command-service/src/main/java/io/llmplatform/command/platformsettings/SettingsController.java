package io.llmplatform.command.platformsettings;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.change.Change;
import io.llmplatform.command.http.Commands;
import io.llmplatform.command.http.Commands.Written;
import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.http.IfMatch;
import io.llmplatform.command.platformsettings.ChangePlatformSettings.Edit;
import io.llmplatform.command.policy.LimitsInput;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Writes under {@code settings}. */
@RestController
class SettingsController {
    private static final long MOST_REQUESTS = 1_000_000;
    private static final long MOST_ATTEMPTS = 10;
    private static final long MOST_TOKENS = 10_000_000;
    private static final long MOST_MONTHS = 240;

    private final Commands commands;

    SettingsController(Commands commands) {
        this.commands = commands;
    }

    @PatchMapping("/api/admin/v1/settings")
    ResponseEntity<Written> change(
            Caller caller,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody SettingsEdit body) {
        var errors = new FieldErrors();
        within(errors, "max_concurrent_requests", body.maxConcurrentRequests.value(), 1, MOST_REQUESTS);
        within(errors, "max_attempts", body.maxAttempts.value(), 1, MOST_ATTEMPTS);
        within(errors, "reserved_completion_tokens", body.reservedCompletionTokens.value(), 0, MOST_TOKENS);
        within(errors, "usage_retention_months", body.usageRetentionMonths.value(), 1, MOST_MONTHS);
        LimitsInput.check(errors, "default_key_limits", body.defaultKeyLimits.value());
        errors.throwIfAny();
        return commands.change(
                caller,
                PlatformSettingsEvent.ID,
                new ChangePlatformSettings(
                        PlatformSettingsEvent.ID,
                        IfMatch.version(ifMatch),
                        new Edit(
                                body.maxConcurrentRequests,
                                body.maxAttempts,
                                body.reservedCompletionTokens,
                                body.responseCache,
                                body.defaultKeyLimits.mapOrClear(LimitsInput::limits),
                                body.journalFsyncAlways,
                                body.usageRetentionMonths)));
    }

    private static void within(FieldErrors errors, String field, @Nullable Number value, long least, long most) {
        errors.check(
                value == null || (value.longValue() >= least && value.longValue() <= most),
                field,
                "expected " + least + " to " + most);
    }

    record SettingsEdit(
            Change<Integer> maxConcurrentRequests,
            Change<Integer> maxAttempts,
            Change<Long> reservedCompletionTokens,
            Change<Boolean> responseCache,
            Change<LimitsInput> defaultKeyLimits,
            Change<Boolean> journalFsyncAlways,
            Change<Integer> usageRetentionMonths) {}
}
