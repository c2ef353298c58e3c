package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.ModelEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event makes of a model. */
final class ModelFold {
    private ModelFold() {}

    /** @return whether the model is new */
    static boolean apply(ObjectNode state, ModelEvent event, JsonNode data) {
        return switch (event) {
            case ModelEvent.ModelCreated ignored -> EntityFold.created(state, data);
            case ModelEvent.ModelEdited ignored -> EntityFold.edited(state, data);
            case ModelEvent.ModelDisabled ignored -> EntityFold.status(state, "disabled");
            case ModelEvent.ModelEnabled ignored -> EntityFold.status(state, "active");
        };
    }
}
