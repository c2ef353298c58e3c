package io.llmplatform.proxy.route;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.proxy.config.GatewayConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One model of a journey, with what of it could serve the request if it were free.
 *
 * @param rates      its prices; absent when it is free
 * @param tiers      deployments of equal priority, best first
 * @param unservable whether there were some of a type that cannot do what is asked
 * @param unmatched  whether there were some that by their conditions are for other requests
 */
record Stage(
        ConfigRecord.Model model,
        @Nullable Rates rates,
        List<List<Target>> tiers,
        boolean unservable,
        boolean unmatched) {
    static Stage of(ConfigRecord.Model model, GatewayConfig config, Ask ask, Predicate<Target> servable) {
        var tiers = new TreeMap<Integer, List<Target>>();
        boolean unservable = false;
        boolean unmatched = false;
        for (var deployment : model.deployments()) {
            var provider = config.provider(deployment.providerId());
            if (provider == null || !provider.active() || !provider.usable()) {
                continue;
            }
            var target = new Target(model.name(), deployment, provider);
            if (!servable.test(target)) {
                unservable = true;
            } else if (!Conditions.hold(deployment.when(), ask)) {
                unmatched = true;
            } else {
                tiers.computeIfAbsent(target.priority(), priority -> new ArrayList<>())
                        .add(target);
            }
        }
        return new Stage(model, config.rates(model, ask.at()), List.copyOf(tiers.values()), unservable, unmatched);
    }
}
