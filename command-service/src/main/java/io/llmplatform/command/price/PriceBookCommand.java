package io.llmplatform.command.price;

import io.llmplatform.contracts.policy.Rates;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a price book. Every command answers with the version of the book. */
public sealed interface PriceBookCommand {
    String bookId();

    /**
     * @param effectiveFrom absent = now
     * @param now           when it was asked
     */
    record AddPrice(
            @TargetAggregateIdentifier String bookId,
            String modelId,
            @Nullable Instant effectiveFrom,
            Rates rates,
            Instant now)
            implements PriceBookCommand {}

    /**
     * @param corrects      number of the version that is wrong
     * @param effectiveFrom absent = as that version
     */
    record CorrectPrice(
            @TargetAggregateIdentifier String bookId,
            @Nullable Long expectedVersion,
            int corrects,
            @Nullable Instant effectiveFrom,
            Rates rates,
            Instant now)
            implements PriceBookCommand {}
}
