package io.llmplatform.proxy.stream;

import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.usage.UsageScan;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the gateway needs to know of one chunk or one whole answer, read by a streaming scan.
 *
 * @param json     false when the bytes are not a JSON object
 * @param error    has a top-level {@code error}
 * @param choices  number of choices
 * @param content  says something (text, reasoning, a tool call)
 * @param finished has a finish reason
 */
public record ChunkFacts(
        boolean json,
        boolean error,
        int choices,
        boolean content,
        boolean finished,
        @Nullable Tokens usage) {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ChunkFacts NOT_JSON = new ChunkFacts(false, false, 0, false, false, null);

    /** @param estimate grows by the text the chunk carries */
    public static ChunkFacts scan(byte[] bytes, TokenEstimate estimate) {
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return NOT_JSON;
            }
            return new Scan(json, estimate).run();
        } catch (JacksonException e) {
            return NOT_JSON;
        }
    }

    private static final class Scan {
        private final JsonParser json;
        private final TokenEstimate estimate;
        private boolean error;
        private int choices;
        private boolean content;
        private boolean finished;
        private @Nullable Tokens usage;

        Scan(JsonParser json, TokenEstimate estimate) {
            this.json = json;
            this.estimate = estimate;
        }

        ChunkFacts run() {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                if ("usage".equals(name) && value == JsonToken.START_OBJECT) {
                    usage = UsageScan.read(json);
                } else if ("choices".equals(name) && value == JsonToken.START_ARRAY) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        choices++;
                        choice();
                    }
                } else {
                    error |= "error".equals(name) && value != JsonToken.VALUE_NULL;
                    json.skipChildren();
                }
            }
            json.nextToken();
            return new ChunkFacts(true, error, choices, content, finished, usage);
        }

        private void choice() {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                switch (name) {
                    case "finish_reason" -> finished |= value == JsonToken.VALUE_STRING;
                    case "delta", "message" -> said();
                    default -> json.skipChildren();
                }
            }
        }

        /** Counts every text below a message or delta, however deep (tool calls nest), but for what is not the model's. */
        private void said() {
            if (!json.currentToken().isStructStart()) {
                return;
            }
            int depth = 1;
            while (depth > 0) {
                var token = json.nextToken();
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING && saidByModel(json.currentName())) {
                    int length = json.getStringLength();
                    estimate.text(json.getStringCharacters(), json.getStringOffset(), length);
                    content |= length > 0;
                }
            }
        }

        private static boolean saidByModel(@Nullable String name) {
            return name == null
                    || switch (name) {
                        case "role", "id", "type", "obfuscation" -> false;
                        default -> true;
                    };
        }
    }
}
