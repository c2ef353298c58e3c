package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.translate.Translation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Every type of provider there is, and how each operation reaches it: as it is, through translations, or not at all. */
public final class Providers {
    private final Map<String, Provider> byType;
    private final List<Translation> shared;
    private final Map<Way, Optional<Plan>> plans = new ConcurrentHashMap<>();

    private record Way(String type, Operation operation) {}

    /** @param shared translations between APIs of ours, open to every provider */
    public Providers(Map<String, Provider> byType, List<Translation> shared) {
        this.byType = Map.copyOf(byType);
        this.shared = List.copyOf(shared);
    }

    public Optional<Provider> of(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    /** @return empty when that type of provider cannot serve the operation */
    public Optional<Plan> plan(String type, Operation operation) {
        return plans.computeIfAbsent(new Way(type, operation), way -> search(way.type, way.operation));
    }

    /** The way with the fewest translations. */
    private Optional<Plan> search(String type, Operation operation) {
        var provider = byType.get(type);
        if (provider == null) {
            return Optional.empty();
        }
        var translations = new ArrayList<>(provider.translations());
        translations.addAll(shared);
        var open = new ArrayDeque<>(List.of(new Plan(operation, List.of())));
        var seen = new HashSet<>(List.of(operation));
        while (!open.isEmpty()) {
            var plan = open.poll();
            if (provider.speaks().contains(plan.operation())) {
                return Optional.of(plan);
            }
            for (var translation : translations) {
                if (translation.from() == plan.operation() && seen.add(translation.to())) {
                    var steps = new ArrayList<>(plan.steps());
                    steps.add(translation);
                    open.add(new Plan(translation.to(), List.copyOf(steps)));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * How an operation reaches a provider.
     *
     * @param operation what it is asked in the end
     * @param steps     translations on the way there; empty = the client's bytes go as they are
     */
    public record Plan(Operation operation, List<Translation> steps) {
        public boolean isNative() {
            return steps.isEmpty();
        }
    }
}
