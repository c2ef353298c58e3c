package io.llmplatform.projections.usage;

import io.llmplatform.contracts.usage.UsageRecord;
import org.jspecify.annotations.Nullable;

/** A combination of the dimensions that usage is added up by. */
record Series(
        @Nullable String model,
        @Nullable String deployment,
        @Nullable String providerId,
        @Nullable String apiKeyId,
        @Nullable String userId,
        @Nullable String teamId,
        String endpoint,
        String outcome,
        String currency) {

    /** @throws IllegalArgumentException naming what is missing */
    static Series of(UsageRecord record) {
        return new Series(
                record.model(),
                record.deployment(),
                record.providerId(),
                record.apiKeyId(),
                record.userId(),
                record.teamId(),
                Required.of("endpoint", record.endpoint()),
                Required.of("outcome", record.outcome()).wire(),
                Required.of("currency", record.currency()));
    }

    long id() {
        return new Parts()
                .add(model)
                .add(deployment)
                .add(providerId)
                .add(apiKeyId)
                .add(userId)
                .add(teamId)
                .add(endpoint)
                .add(outcome)
                .add(currency)
                .hash();
    }
}
