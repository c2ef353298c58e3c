package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.auth.SealedOrigin;
import io.llmplatform.proxy.usage.Cost;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.Arrival;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The usage record of one trial: like any other, of the administrator, with the tag {@code test}. */
record TrialRecord(
        String requestId,
        Instant at,
        Arrival arrival,
        Caller caller,
        TrialSubject subject,
        String endpoint,
        String gateway) {
    /** Name of the tag; its value is {@code model} or {@code provider}. */
    static final String TAG = "test";

    /** To stand when the gateway dies before the answer. */
    UsageRecord began(Cost nothing) {
        return record(Outcome.UNKNOWN, 0, null, Tokens.NONE, nothing, 0, null);
    }

    UsageRecord ended(TrialResult result, int status, Tokens tokens, Cost cost) {
        var error = result.error();
        return record(
                result.ok() ? Outcome.COMPLETED : Outcome.FAILED,
                status,
                error == null ? null : error.code(),
                tokens,
                cost,
                result.totalMs(),
                result.firstByteMs());
    }

    private UsageRecord record(
            Outcome outcome,
            int status,
            @Nullable String errorCode,
            Tokens tokens,
            Cost cost,
            long latency,
            @Nullable Long firstByte) {
        return new UsageRecord(
                requestId,
                at,
                caller.userId(),
                caller.teamId(),
                null,
                endpoint,
                subject.model(),
                null,
                subject.deploymentId(),
                subject.provider().id(),
                subject.upstreamModel().isEmpty() ? null : subject.upstreamModel(),
                false,
                outcome,
                status,
                errorCode,
                tokens.prompt(),
                tokens.completion(),
                tokens.cached(),
                tokens.reasoning(),
                tokens.estimated(),
                cost.amount(),
                cost.currency(),
                latency,
                firstByte,
                1,
                null,
                null,
                Map.of(TAG, subject.kind()),
                SealedOrigin.of(caller, arrival.ip()),
                SealedOrigin.of(caller, arrival.userAgent()),
                gateway);
    }
}
