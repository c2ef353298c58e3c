package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.AttemptEvent;
import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.PriceBookEvent;
import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.contracts.event.SavedSearchEvent;
import io.llmplatform.contracts.event.SessionEvent;
import io.llmplatform.contracts.event.SigningKeyEvent;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.contracts.event.UserEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an event makes of an entity, in the form in which the management API tells it, without what it takes from other entities
 * (names) and from the clock (expiry). Pure. Neither secrets nor hashes.
 */
final class EntityFold {
    private EntityFold() {}

    /**
     * @param was the state before; null before the first event. Not changed
     * @return null when the event is about nothing that is configured
     * @throws IllegalArgumentException when the event that created the entity was not applied
     */
    static @Nullable ObjectNode next(@Nullable ObjectNode was, EventEnvelope envelope) {
        var state = was == null ? JsonNodeFactory.instance.objectNode() : was.deepCopy();
        boolean first =
                switch (EventCatalog.read(envelope)) {
                    case UserEvent event -> UserFold.apply(state, event, envelope.data());
                    case TeamEvent event -> TeamFold.apply(state, event, envelope.data());
                    case ApiKeyEvent event -> ApiKeyFold.apply(state, event, envelope.data());
                    case ProviderEvent event -> ProviderFold.apply(state, event, envelope.data());
                    case ModelEvent event -> ModelFold.apply(state, event, envelope.data());
                    case PriceBookEvent event -> PriceBookFold.apply(state, event, envelope);
                    case PlatformSettingsEvent.PlatformSettingsChanged ignored -> {
                        edited(state, envelope.data());
                        yield was == null;
                    }
                    case SigningKeyEvent ignored -> false;
                    case SessionEvent ignored -> false;
                    case SavedSearchEvent ignored -> false;
                    case LoginFailed ignored -> false;
                    case AttemptEvent ignored -> false;
                    case ProjectionEvent ignored -> false;
                };
        if (state.isEmpty() && !first) {
            return null;
        }
        if (was == null && !first) {
            throw new IllegalArgumentException("the event that created " + envelope.aggregateId() + " was not applied");
        }
        state.put("id", envelope.aggregateId());
        state.put("version", envelope.sequence());
        if (was == null) {
            state.put("created_at", envelope.at().toString());
        }
        return state.put("updated_at", envelope.at().toString());
    }

    /** The fields of an entity that is new. */
    static boolean created(ObjectNode state, JsonNode data) {
        set(state, data.path("details"));
        state.put("status", "active");
        return true;
    }

    static boolean edited(ObjectNode state, JsonNode data) {
        state.remove(data.path("before").propertyNames());
        set(state, data.path("after"));
        return false;
    }

    static boolean status(ObjectNode state, String status) {
        state.put("status", status);
        return false;
    }

    /** Personal values by what they are; what is null is absent. */
    private static void set(ObjectNode state, JsonNode fields) {
        fields.forEachEntry((name, value) -> {
            if (value.isObject() && value.size() == 2 && value.has("subject") && value.has("clear")) {
                state.set(name, value.get("clear"));
            } else if (!value.isNull()) {
                state.set(name, value);
            }
        });
    }
}
