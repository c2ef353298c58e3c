package io.llmplatform.proxy.route;

import io.llmplatform.contracts.event.ModelEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A strategy: which of several deployments, each as good as the others by priority. */
@FunctionalInterface
interface Picker {
    /**
     * @param among at least one
     * @param price of the model
     */
    Candidate pick(List<Candidate> among, Ask ask, ModelEvent.@Nullable Price price);
}
