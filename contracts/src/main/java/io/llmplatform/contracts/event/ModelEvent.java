package io.llmplatform.contracts.event;

import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Condition;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.contracts.policy.Routing;
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
            @Nullable Price price,
            @Nullable Routing routing,
            @Nullable Limits limits,
            @Nullable CacheRule cache,
            @Nullable Catalog catalog) {
        /** Nothing said about what it can do. */
        public Details(
                String name,
                List<Deployment> deployments,
                @Nullable Price price,
                @Nullable Routing routing,
                @Nullable Limits limits,
                @Nullable CacheRule cache) {
            this(name, deployments, price, routing, limits, cache, null);
        }
    }

    /**
     * What a model can do, for people and programs that choose one; nothing of it is enforced. Lists are sorted.
     *
     * @param contextWindow    tokens of prompt and answer together
     * @param maxOutput        tokens of an answer
     * @param inputModalities  such as {@code text} and {@code image}
     * @param outputModalities such as {@code text} or {@code embedding}
     * @param capabilities     such as {@code tools} and {@code structured_output}
     */
    record Catalog(
            @Nullable String description,
            @Nullable Long contextWindow,
            @Nullable Long maxOutput,
            @Nullable List<String> inputModalities,
            @Nullable List<String> outputModalities,
            @Nullable List<String> capabilities) {}

    /**
     * One way to serve a model.
     *
     * @param weight   share of the traffic relative to the other deployments, 1 to 1000
     * @param priority those of the lowest number are used as long as one of them can serve; absent = 0
     * @param when     which requests it is for; absent = all
     * @param price    what it costs to buy, for {@code lowest-cost}; absent = as the model
     */
    record Deployment(
            String id,
            String providerId,
            String upstreamModel,
            int weight,
            @Nullable Integer priority,
            @Nullable Condition when,
            @Nullable Limits limits,
            @Nullable Price price) {}

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
            @Nullable BigDecimal cachedInput) {
        /** The same in the form of a price book. */
        public Rates toRates() {
            return new Rates(currency, input, output, cachedInput, null, null, null, null, null, null, null);
        }
    }
}
