package io.llmplatform.proxy.route;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.proxy.config.GatewayConfig;
import java.util.ArrayList;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Weighted choice among the deployments of a model whose provider can be called. */
public final class DeploymentChooser {
    private final RandomGenerator random;

    /** @param random shared by all event loops: must be thread-safe */
    public DeploymentChooser(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param tried ids of deployments not to be asked again
     * @return null when there is none left
     */
    public @Nullable Target choose(ConfigRecord.Model model, GatewayConfig config, Set<String> tried) {
        var candidates = new ArrayList<Target>(model.deployments().size());
        var weights = new int[model.deployments().size()];
        int total = 0;
        for (ModelEvent.Deployment deployment : model.deployments()) {
            var provider = config.provider(deployment.providerId());
            if (provider == null || !provider.active() || !provider.usable() || tried.contains(deployment.id())) {
                continue;
            }
            int weight = Math.max(1, deployment.weight());
            weights[candidates.size()] = weight;
            total += weight;
            candidates.add(new Target(deployment.id(), provider, deployment.upstreamModel()));
        }
        if (candidates.isEmpty()) {
            return null;
        }
        int point = candidates.size() == 1 ? 0 : random.nextInt(total);
        int chosen = 0;
        while (point >= weights[chosen]) {
            point -= weights[chosen++];
        }
        return candidates.get(chosen);
    }
}
