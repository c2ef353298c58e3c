package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.route.Target;
import org.jspecify.annotations.Nullable;

/**
 * What is tried.
 *
 * @param model      name of the model whose deployment it is; absent when it is the provider that is tried
 * @param deployment absent likewise
 */
record TrialSubject(
        ProviderConfig provider,
        String upstreamModel,
        @Nullable String model,
        ModelEvent.@Nullable Deployment deployment) {

    static TrialSubject of(String model, ModelEvent.Deployment deployment, ProviderConfig provider) {
        return new TrialSubject(provider, deployment.upstreamModel(), model, deployment);
    }

    static TrialSubject of(ProviderConfig provider, String upstreamModel) {
        return new TrialSubject(provider, upstreamModel, null, null);
    }

    @Nullable
    String deploymentId() {
        return deployment == null ? null : deployment.id();
    }

    /** The kind of test, as a tag of the usage record. */
    String kind() {
        return model == null ? "provider" : "model";
    }

    /** For the adapters, which know of deployments only. */
    Target target() {
        var to = deployment == null
                ? new ModelEvent.Deployment("none", provider.id(), upstreamModel, 1, null, null, null, null)
                : deployment;
        return new Target(model == null ? upstreamModel : model, to, provider);
    }
}
