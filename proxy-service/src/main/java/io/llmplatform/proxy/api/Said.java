package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenEstimate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Counts what a model said. Each method answers whether there was any text. */
final class Said {
    private Said() {}

    /** The string the parser stands on. */
    static boolean here(JsonParser json, TokenEstimate said) {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return false;
        }
        int length = json.getStringLength();
        said.text(json.getStringCharacters(), json.getStringOffset(), length);
        return length > 0;
    }

    /** Every string below the structure the parser stands on, however deep (tool calls nest), but for what is not the model's. */
    static boolean below(JsonParser json, TokenEstimate said) {
        if (!json.currentToken().isStructStart()) {
            return false;
        }
        boolean any = false;
        int depth = 1;
        while (depth > 0) {
            var token = json.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && byModel(json.currentName())) {
                any |= here(json, said);
            }
        }
        return any;
    }

    private static boolean byModel(@Nullable String name) {
        return name == null
                || switch (name) {
                    case "role", "id", "call_id", "type", "status", "signature", "obfuscation" -> false;
                    default -> true;
                };
    }
}
