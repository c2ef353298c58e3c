package io.llmplatform.proxy.route;

import io.llmplatform.contracts.policy.Rates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A strategy: which of several deployments, each as good as the others by priority. */
@FunctionalInterface
interface Picker {
    /**
     * @param among at least one
     * @param rates of the model
     */
    Candidate pick(List<Candidate> among, Ask ask, @Nullable Rates rates);
}
