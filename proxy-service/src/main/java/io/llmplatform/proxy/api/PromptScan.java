package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Which of a request's strings are its prompt, and their estimate, in the same pass that checks the request. */
final class PromptScan implements PromptReader {
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
    private static boolean isText(@Nullable String name) {
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
        walk(json, this);
    }

    /** Goes through the value that the parser stands on, and leaves it on that value's last token. */
    static void walk(JsonParser json, PromptReader reader) {
        int depth = 0;
        var token = json.currentToken();
        while (true) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && isText(json.currentName())) {
                reader.text();
            } else if (token == JsonToken.VALUE_NUMBER_INT && json.currentName() == null) {
                reader.token();
            }
            if (depth == 0) {
                return;
            }
            token = json.nextToken();
        }
    }

    @Override
    public void text() {
        // By its bytes: to have it decoded would cost more than all the rest of the scan.
        estimate.jsonString(body, (int) json.currentTokenLocation().getByteOffset() + 1);
    }

    @Override
    public void token() {
        estimate.token();
    }

    long tokens() {
        return estimate.tokens();
    }
}
