package io.llmplatform.proxy.route;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.proxy.usage.Cost;
import io.llmplatform.proxy.usage.Tokens;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest for this prompt and an answer of a likely length: a quarter of the prompt, at least 256 tokens. Without a price of
 * its own a deployment costs what the model does; without that either it is free. Prices in another currency than the model's
 * cannot be compared and count as the highest.
 */
final class LowestCost implements Picker {
    private static final long SHORT_ANSWER = 256;

    private final Weighted weighted;

    LowestCost(Weighted weighted) {
        this.weighted = weighted;
    }

    @Override
    public Candidate pick(List<Candidate> among, Ask ask, @Nullable Rates ofModel) {
        if (among.size() == 1) {
            return among.getFirst();
        }
        long prompt = ask.promptTokens().getAsLong();
        var tokens = Tokens.estimated(prompt, Math.max(SHORT_ANSWER, prompt / 4));
        var currency = currency(among, ofModel);
        return weighted.lowest(among, each -> score(each, ofModel, tokens, currency));
    }

    private static double score(
            Candidate candidate, @Nullable Rates ofModel, Tokens tokens, @Nullable String currency) {
        var rates = rates(candidate, ofModel);
        return rates == null || rates.currency().equals(currency)
                ? Cost.ofAnswer(tokens, rates).amount().doubleValue()
                : Double.MAX_VALUE;
    }

    private static @Nullable String currency(List<Candidate> among, @Nullable Rates ofModel) {
        return ofModel != null
                ? ofModel.currency()
                : among.stream()
                        .map(each -> each.target().deployment().price())
                        .filter(Objects::nonNull)
                        .map(ModelEvent.Price::currency)
                        .findFirst()
                        .orElse(null);
    }

    private static @Nullable Rates rates(Candidate candidate, @Nullable Rates ofModel) {
        var own = candidate.target().deployment().price();
        return own == null ? ofModel : own.toRates();
    }
}
