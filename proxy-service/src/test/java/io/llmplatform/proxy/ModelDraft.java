package io.llmplatform.proxy;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.Routing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A model as a test wants it; its deployments are its own, so that no breaker is shared with another test. */
final class ModelDraft {
    private final String name;
    private final List<ModelEvent.Deployment> deployments = new ArrayList<>();
    private ModelEvent.Price price = ConfigTopic.PRICE;
    private Routing routing;
    private Limits limits;
    private CacheRule cache;

    ModelDraft(String name) {
        this.name = name;
    }

    /** Deployments {@code dep_<model>_<provider>}, all of weight 1. */
    ModelDraft at(String... providers) {
        for (var provider : providers) {
            at(provider, null, null);
        }
        return this;
    }

    ModelDraft at(String provider, Integer priority, Limits ofDeployment) {
        deployments.add(new ModelEvent.Deployment(
                deployment(name, provider), provider, "up-" + name, 1, priority, null, ofDeployment, null));
        return this;
    }

    static String deployment(String model, String provider) {
        return "dep_" + model + "_" + provider;
    }

    ModelDraft routed(Routing rule) {
        routing = rule;
        return this;
    }

    ModelDraft limited(Limits rule) {
        limits = rule;
        return this;
    }

    ModelDraft cached(long ttlSeconds) {
        cache = new CacheRule(ttlSeconds);
        return this;
    }

    ModelDraft priced(ModelEvent.Price rule) {
        price = rule;
        return this;
    }

    String name() {
        return name;
    }

    ConfigRecord.Model record(long version) {
        return new ConfigRecord.Model(
                "mdl_" + name,
                version,
                true,
                name,
                List.copyOf(deployments),
                price,
                routing,
                limits,
                cache,
                Instant.now());
    }
}
