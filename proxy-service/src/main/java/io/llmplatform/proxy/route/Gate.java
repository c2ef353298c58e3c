package io.llmplatform.proxy.route;

import io.llmplatform.contracts.policy.Limits;

/** Enforces the limits that deployments carry. Called from all event loops; never blocks. */
@FunctionalInterface
public interface Gate {
    /** Lets everything in. */
    Gate OPEN = (deploymentId, limits, tokens) -> (Pass.Granted) used -> {};

    /**
     * Takes one request, one place, and the tokens, all or nothing.
     *
     * @param tokens estimate of the prompt; 0 when the limits do not count tokens
     */
    Pass tryEnter(String deploymentId, Limits limits, long tokens);
}
