package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.ApiKeyEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event makes of an API key. Of its secrets only the parts that may be shown. */
final class ApiKeyFold {
    private ApiKeyFold() {}

    /** @return whether the key is new */
    static boolean apply(ObjectNode state, ApiKeyEvent event, JsonNode data) {
        return switch (event) {
            case ApiKeyEvent.ApiKeyIssued(var ignored1, var userId, var prefix, var ignored2, var ignored3) -> {
                state.put("prefix", prefix).put("kind", "personal").put("user_id", userId);
                yield EntityFold.created(state, data);
            }
            case ApiKeyEvent.ServiceKeyIssued(var ignored1, var teamId, var prefix, var ignored2, var ignored3) -> {
                state.put("prefix", prefix).put("kind", "service").put("team_id", teamId);
                yield EntityFold.created(state, data);
            }
            case ApiKeyEvent.ApiKeyRotated rotated -> {
                state.put("prefix", rotated.prefix());
                state.put("previous_prefix", rotated.previousPrefix());
                state.put("previous_until", rotated.previousUntil().toString());
                yield false;
            }
            case ApiKeyEvent.ApiKeyEdited ignored -> EntityFold.edited(state, data);
            case ApiKeyEvent.ApiKeyDisabled ignored -> EntityFold.status(state, "disabled");
            case ApiKeyEvent.ApiKeyEnabled ignored -> EntityFold.status(state, "active");
            case ApiKeyEvent.ApiKeyRevoked ignored -> EntityFold.status(state, "revoked");
        };
    }
}
