package io.llmplatform.proxy.limit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request is about to use.
 *
 * @param subjects         who is charged, each once
 * @param promptTokens     by estimate
 * @param completionTokens {@code max_tokens}, or a default where the caller gave none
 * @param cost             estimate for those tokens; the closer to the most it can cost, the smaller the overshoot
 * @param currency         ISO 4217; budgets in another one do not apply
 */
public record Demand(
        String requestId,
        List<Subject> subjects,
        long promptTokens,
        long completionTokens,
        BigDecimal cost,
        String currency) {
    long tokens() {
        return promptTokens + completionTokens;
    }

    /** Those that anything is to be counted for. */
    List<Subject> charged() {
        var charged = new ArrayList<Subject>(subjects.size());
        for (var subject : subjects) {
            if (!subject.isFree() && !charged.contains(subject)) {
                charged.add(subject);
            }
        }
        return charged;
    }
}
