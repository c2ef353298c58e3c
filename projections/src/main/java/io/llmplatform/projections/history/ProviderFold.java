package io.llmplatform.projections.history;

import io.llmplatform.contracts.event.ProviderEvent;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event makes of a provider. Of its secret only that there is one. */
final class ProviderFold {
    private ProviderFold() {}

    /** @return whether the provider is new */
    static boolean apply(ObjectNode state, ProviderEvent event, JsonNode data) {
        return switch (event) {
            case ProviderEvent.ProviderCreated(var ignored1, var ignored2, var secret) -> {
                state.put("has_api_key", secret != null);
                yield EntityFold.created(state, data);
            }
            case ProviderEvent.ProviderEdited ignored -> EntityFold.edited(state, data);
            case ProviderEvent.ProviderSecretRotated ignored -> hasKey(state);
            case ProviderEvent.ProviderSecretRewrapped ignored -> hasKey(state);
            case ProviderEvent.ProviderDisabled ignored -> EntityFold.status(state, "disabled");
            case ProviderEvent.ProviderEnabled ignored -> EntityFold.status(state, "active");
        };
    }

    private static boolean hasKey(ObjectNode state) {
        state.put("has_api_key", true);
        return false;
    }
}
