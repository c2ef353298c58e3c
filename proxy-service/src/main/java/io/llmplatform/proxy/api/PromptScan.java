package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Which of a request's strings are its prompt, and their estimate, in the same pass that checks the request. */
final class PromptScan {
    private static final Set<String> FIELDS =
            Set.of("messages", "input", "prompt", "system", "instructions", "query", "documents", "tools");

    private final byte[] body;
    private final JsonParser json;
    private final TokenEstimate estimate = new TokenEstimate();

    PromptScan(byte[] body, JsonParser json) {
        this.body = body;
        this.json = json;
    }

    /** Whether a field of a request holds some of its prompt. */
    static boolean holds(String field) {
        return FIELDS.contains(field);
    }

    /** Whether a string of that name, inside such a field, is read by the model. */
    static boolean isText(@Nullable String name) {
        return name == null
                || switch (name) {
                    case "role",
                            "type",
                            "url",
                            "image_url",
                            "file_data",
                            "data",
                            "id",
                            "tool_call_id",
                            "detail",
                            "format" -> false;
                    default -> true;
                };
    }

    void message() {
        estimate.message();
    }

    /** The value the parser stands on; leaves it on that value's last token. */
    void value() {
        int depth = 0;
        var token = json.currentToken();
        while (true) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else {
                scalar(token);
            }
            if (depth == 0) {
                return;
            }
            token = json.nextToken();
        }
    }

    private void scalar(JsonToken token) {
        if (token == JsonToken.VALUE_STRING && isText(json.currentName())) {
            // By its bytes: to have it decoded would cost more than all the rest of the scan.
            estimate.jsonString(body, (int) json.currentTokenLocation().getByteOffset() + 1);
        } else if (token == JsonToken.VALUE_NUMBER_INT && json.currentName() == null) {
            // The input may be tokens already.
            estimate.token();
        }
    }

    long tokens() {
        return estimate.tokens();
    }
}
