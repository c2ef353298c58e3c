package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.TeamEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event makes of a team. Its managers are ids of people here, in the order in which they were named. */
final class TeamFold {
    private static final String MANAGERS = "managers";

    private TeamFold() {}

    /** @return whether the team is new */
    static boolean apply(ObjectNode state, TeamEvent event, JsonNode data) {
        return switch (event) {
            case TeamEvent.TeamCreated ignored -> {
                state.putArray(MANAGERS);
                yield EntityFold.created(state, data);
            }
            case TeamEvent.TeamEdited ignored -> EntityFold.edited(state, data);
            case TeamEvent.TeamDisabled ignored -> EntityFold.status(state, "disabled");
            case TeamEvent.TeamEnabled ignored -> EntityFold.status(state, "active");
            case TeamEvent.TeamManagerAdded(var ignored, var userId) -> {
                without(state, userId).add(userId);
                yield false;
            }
            case TeamEvent.TeamManagerRemoved(var ignored, var userId) -> {
                without(state, userId);
                yield false;
            }
        };
    }

    private static ArrayNode without(ObjectNode state, String userId) {
        var before = state.path(MANAGERS);
        var after = state.putArray(MANAGERS);
        before.forEach(each -> {
            if (!each.asString("").equals(userId)) {
                after.add(each);
            }
        });
        return after;
    }
}
