package io.llmplatform.contracts.event;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts about a model that callers can name. */
public sealed interface ModelEvent extends DomainEvent {
    String modelId();

    @EventType(name = "model.ModelCreated")
    record ModelCreated(String modelId, Details details) implements ModelEvent {}

    @EventType(name = "model.ModelEdited")
    record ModelEdited(String modelId, Details before, Details after) implements ModelEvent {}

    @EventType(name = "model.ModelDisabled")
    record ModelDisabled(String modelId) implements ModelEvent {}

    @EventType(name = "model.ModelEnabled")
    record ModelEnabled(String modelId) implements ModelEvent {}

    /** What can be edited. */
    record Details(
            String name,
            List<Deployment> deployments,
            @Nullable Price price) {}

    /**
     * One way to serve a model.
     *
     * @param weight share of the traffic relative to the other deployments, 1 to 1000
     */
    record Deployment(String id, String providerId, String upstreamModel, int weight) {}

    /**
     * Money per 1,000,000 tokens.
     *
     * @param currency    ISO 4217
     * @param cachedInput price of prompt tokens that the provider had cached; absent = as input
     */
    record Price(
            String currency,
            BigDecimal input,
            BigDecimal output,
            @Nullable BigDecimal cachedInput) {}
}
