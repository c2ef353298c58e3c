package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.PriceBookEvent;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.policy.PriceSchedule;
import io.llmplatform.contracts.policy.PriceVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event makes of a book of prices: all its versions, each with the time until it holds. */
final class PriceBookFold {
    private PriceBookFold() {}

    /** @return whether the book is new */
    static boolean apply(ObjectNode state, PriceBookEvent event, EventEnvelope envelope) {
        boolean first = state.isEmpty();
        var versions = state.path("versions") instanceof ArrayNode array ? array : state.putArray("versions");
        switch (event) {
            case PriceBookEvent.PriceVersionAdded(var ignored, var modelId, var modelName, var version) -> {
                state.put("model_id", modelId).put("model_name", modelName);
                versions.add(told(version, envelope));
            }
            case PriceBookEvent.PriceVersionCorrected(
                    var ignored,
                    var modelId,
                    var modelName,
                    var before,
                    var after) -> {
                state.put("model_id", modelId).put("model_name", modelName);
                versions.forEach(each -> {
                    if (each.path("number").asInt() == before.number()) {
                        ((ObjectNode) each).put("corrected_by", after.number());
                    }
                });
                versions.add(told(after, envelope));
            }
        }
        limit(versions);
        return first;
    }

    private static ObjectNode told(PriceVersion version, EventEnvelope envelope) {
        ObjectNode told = ContractJson.mapper().valueToTree(version);
        return told.put("book_version", envelope.sequence())
                .put("recorded_at", envelope.at().toString());
    }

    /** Each one that no correction stands in for holds until the next of them begins. */
    private static void limit(ArrayNode versions) {
        var all = new ArrayList<PriceVersion>();
        versions.forEach(each -> all.add(ContractJson.mapper().treeToValue(each, PriceVersion.class)));
        var standing = PriceSchedule.standing(all);
        for (JsonNode each : versions) {
            var until = until(standing, each.path("number").asInt());
            if (until == null) {
                ((ObjectNode) each).remove("effective_until");
            } else {
                ((ObjectNode) each).put("effective_until", until.toString());
            }
        }
    }

    private static @Nullable Instant until(List<PriceVersion> standing, int number) {
        for (int i = 0; i + 1 < standing.size(); i++) {
            if (standing.get(i).number() == number) {
                return standing.get(i + 1).effectiveFrom();
            }
        }
        return null;
    }
}
