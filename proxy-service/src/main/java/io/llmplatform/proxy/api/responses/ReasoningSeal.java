package io.llmplatform.proxy.api.responses;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmplatform.contracts.json.ContractJson;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code encrypted_content} of reasoning items: what the provider must see again, opaque to clients. It is not
 * encrypted, for it says no more than the client was told; signed or redacted thinking is protected by its provider.
 */
final class ReasoningSeal {
    private static final String MARK = "llmp1.";

    private ReasoningSeal() {}

    static String seal(String text, ArrayNode thinkingBlocks) {
        var content = Fields.object();
        if (!text.isEmpty()) {
            content.put("reasoning_content", text);
        }
        if (!thinkingBlocks.isEmpty()) {
            content.set("thinking_blocks", thinkingBlocks);
        }
        return MARK
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(content.toString().getBytes(UTF_8));
    }

    /** {@code reasoning_content} and {@code thinking_blocks}; null where another provider sealed it. */
    static @Nullable ObjectNode open(JsonNode sealed) {
        if (!sealed.isString() || !sealed.stringValue().startsWith(MARK)) {
            return null;
        }
        try {
            var json = Base64.getUrlDecoder().decode(sealed.stringValue().substring(MARK.length()));
            return ContractJson.mapper().readTree(json) instanceof ObjectNode content ? content : null;
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }
}
