package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.trial.TrialResult.TrialError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the management API answers, as {@code management.yaml} tells it; or why it does not. */
public sealed interface TrialReply {
    /** @param status of a problem document */
    record Refused(int status, String title, String detail) implements TrialReply {}

    /** @param ok whether every deployment answered */
    record OfModel(String id, String name, boolean ok, List<TrialResult> results) implements TrialReply {}

    record OfProvider(TrialResult result) implements TrialReply {}

    /** @param error absent when there is a list */
    record Models(
            List<ListedModel> data,
            boolean truncated,
            @Nullable Integer status,
            @Nullable TrialError error) implements TrialReply {}

    static TrialReply invalid(String detail) {
        return new Refused(400, "Bad Request", detail);
    }

    static TrialReply notFound(String what, String id) {
        return new Refused(404, "Not Found", "no " + what + " " + id);
    }

    /** The body of an answer; a refusal has none of its own. */
    default String json() {
        return ContractJson.mapper().writeValueAsString(this instanceof OfProvider(var result) ? result : this);
    }
}
