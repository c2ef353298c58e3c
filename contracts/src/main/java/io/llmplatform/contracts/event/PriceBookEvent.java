package io.llmplatform.contracts.event;

import io.llmplatform.contracts.policy.PriceVersion;

/** Facts about the prices of one model. */
public sealed interface PriceBookEvent extends DomainEvent {
    String bookId();

    /** @param modelName for people; a model keeps its name */
    @EventType(name = "price_book.PriceVersionAdded")
    record PriceVersionAdded(String bookId, String modelId, String modelName, PriceVersion version)
            implements PriceBookEvent {}

    /**
     * A version was wrong; another one stands in for it. What was billed by it stays billed.
     *
     * @param before the wrong one
     * @param after  the one that counts instead
     */
    @EventType(name = "price_book.PriceVersionCorrected")
    record PriceVersionCorrected(
            String bookId, String modelId, String modelName, PriceVersion before, PriceVersion after)
            implements PriceBookEvent {}
}
