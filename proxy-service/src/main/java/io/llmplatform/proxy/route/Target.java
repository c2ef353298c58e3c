package io.llmplatform.proxy.route;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.proxy.config.ProviderConfig;
import java.util.Objects;

/**
 * Where one attempt goes.
 *
 * @param model name of the model that it serves: the one asked for, or a fallback of it
 */
public record Target(String model, ModelEvent.Deployment deployment, ProviderConfig provider) {
    public String deploymentId() {
        return deployment.id();
    }

    /** What the provider calls the model. */
    public String upstreamModel() {
        return deployment.upstreamModel();
    }

    int priority() {
        var priority = deployment.priority();
        return priority == null ? 0 : priority;
    }

    int weight() {
        return Math.max(1, deployment.weight());
    }

    /** Whether what was learned about the other one's health holds for this one: same place, same credentials, same model there. */
    boolean leadsWhere(Target other) {
        return upstreamModel().equals(other.upstreamModel())
                && (provider == other.provider || sameProvider(other.provider));
    }

    private boolean sameProvider(ProviderConfig other) {
        return provider.id().equals(other.id())
                && provider.type().equals(other.type())
                && provider.baseUrl().equals(other.baseUrl())
                && Objects.equals(provider.secret(), other.secret());
    }
}
