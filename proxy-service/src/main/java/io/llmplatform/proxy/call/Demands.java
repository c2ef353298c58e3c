package io.llmplatform.proxy.call;

import io.llmplatform.contracts.config.AccessRules;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.config.GatewayConfig;
import io.llmplatform.proxy.limit.Demand;
import io.llmplatform.proxy.limit.Subject;
import io.llmplatform.proxy.usage.Cost;
import io.llmplatform.proxy.usage.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a request asks of the limits and budgets of its key, user, team and model. */
final class Demands {
    private Demands() {}

    /**
     * @param promptTokens asked only when something counts tokens or money
     * @param free         an answer from the cache: counts as a request, and takes neither tokens nor money
     */
    static Demand of(
            CallLedger ledger,
            ConfigRecord.Model model,
            ApiRequest asked,
            GatewayConfig config,
            LongSupplier promptTokens,
            long defaultCompletionTokens,
            boolean free) {
        var subjects = subjects(ledger, model, config);
        boolean weighed = !free && subjects.stream().anyMatch(Demands::countsTokens);
        long prompt = weighed ? promptTokens.getAsLong() : 0;
        long each = asked.steering().maxTokens() < 0
                ? defaultCompletionTokens
                : asked.steering().maxTokens();
        long completion = weighed && speaks(asked) ? each * asked.steering().choices() : 0;
        var at = ledger.arrival().at();
        var cost = dearest(model, config, at, weighed ? Tokens.estimated(prompt, completion) : null);
        return new Demand(ledger.arrival().requestId(), subjects, prompt, completion, cost.amount(), cost.currency());
    }

    /** A fallback has a price of its own: whoever answers, it was reserved. Of several currencies the asked model's counts. */
    private static Cost dearest(ConfigRecord.Model model, GatewayConfig config, Instant at, @Nullable Tokens tokens) {
        var rates = config.rates(model, at);
        var cost = cost(tokens, rates);
        boolean priced = rates != null;
        var routing = model.routing();
        for (var name : routing == null || routing.fallbacks() == null ? List.<String>of() : routing.fallbacks()) {
            var fallback = config.model(name);
            var others = fallback == null ? null : config.rates(fallback, at);
            if (others == null) {
                continue;
            }
            var other = cost(tokens, others);
            boolean comparable = other.currency().equals(cost.currency());
            if (!priced || (comparable && other.amount().compareTo(cost.amount()) > 0)) {
                cost = other;
                priced = true;
            }
        }
        return cost;
    }

    /** @param tokens absent when nothing is reserved */
    private static Cost cost(@Nullable Tokens tokens, @Nullable Rates rates) {
        return tokens == null ? Cost.of(Tokens.NONE, rates) : Cost.ofAnswer(tokens, rates);
    }

    private static List<Subject> subjects(CallLedger ledger, ConfigRecord.Model model, GatewayConfig config) {
        var caller = ledger.caller();
        var out = new ArrayList<Subject>(4);
        var key = caller.key();
        if (key != null) {
            var limits = AccessRules.limits(key, config.settings().defaultKeyLimits());
            add(out, Subject.Kind.KEY, key.id(), limits, key.budgets());
        }
        var user = caller.user();
        if (user != null) {
            add(out, Subject.Kind.USER, user.id(), user.limits(), user.budgets());
        }
        var team = caller.team();
        if (team != null) {
            add(out, Subject.Kind.TEAM, team.id(), team.limits(), team.budgets());
        }
        add(out, Subject.Kind.MODEL, model.name(), model.limits(), null);
        return out;
    }

    private static void add(
            List<Subject> out, Subject.Kind kind, String id, @Nullable Limits limits, @Nullable List<Budget> budgets) {
        if (limits != null || (budgets != null && !budgets.isEmpty())) {
            out.add(new Subject(kind, id, limits, budgets));
        }
    }

    private static boolean countsTokens(Subject subject) {
        var limits = subject.limits();
        return subject.budgets() != null || (limits != null && limits.tokensPerMinute() != null);
    }

    /** Whether the answer is text that is paid by the token. */
    private static boolean speaks(ApiRequest asked) {
        return switch (asked.operation()) {
            case CHAT, RESPONSES, COMPLETIONS, MESSAGES -> true;
            default -> false;
        };
    }
}
