package io.llmplatform.proxy.api.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmplatform.contracts.json.ContractJson;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a provider wants to see again with a tool call (Gemini's thought signature) travels inside the call's id: the id is
 * the only part of a call that every client sends back unchanged.
 */
final class CallIds {
    private static final String MARK = "~x~";

    private CallIds() {}

    static String seal(String id, @Nullable JsonNode extra) {
        return extra == null || !extra.isObject() || extra.isEmpty()
                ? id
                : id
                        + MARK
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(extra.toString().getBytes(UTF_8));
    }

    /** The provider's own id. */
    static String bare(String id) {
        int mark = id.indexOf(MARK);
        return mark < 0 ? id : id.substring(0, mark);
    }

    static @Nullable ObjectNode extra(String id) {
        int mark = id.indexOf(MARK);
        if (mark < 0) {
            return null;
        }
        try {
            var json = Base64.getUrlDecoder().decode(id.substring(mark + MARK.length()));
            return ContractJson.mapper().readTree(json) instanceof ObjectNode extra ? extra : null;
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }
}
