package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.usage.UsageScan;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Chunks and answers of chat completions and of the older completions, by a streaming scan. */
final class ChatMeter implements Meter {
    private final TokenEstimate said;
    private @Nullable Tokens usage;

    /** @param said grows by the text that is read */
    ChatMeter(TokenEstimate said) {
        this.said = said;
    }

    @Override
    public @Nullable Tokens usage() {
        return usage;
    }

    @Override
    public Facts read(byte[] bytes) {
        try (var json = RequestScan.JSON.createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
            return json.nextToken() == JsonToken.START_OBJECT ? new Scan(json).run() : Facts.NOT_JSON;
        } catch (JacksonException e) {
            return Facts.NOT_JSON;
        }
    }

    private final class Scan {
        private final JsonParser json;
        private boolean error;
        private int choices;
        private boolean content;
        private boolean finished;
        private boolean usageHere;

        Scan(JsonParser json) {
            this.json = json;
        }

        Facts run() {
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                if ("usage".equals(name) && value == JsonToken.START_OBJECT) {
                    usage = UsageScan.read(json);
                    usageHere = true;
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
            return new Facts(true, error, content, finished, false, usageHere && choices == 0, null);
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
                    case "delta", "message" -> content |= Said.below(json, said);
                    case "text" -> content |= Said.here(json, said);
                    default -> json.skipChildren();
                }
            }
        }
    }
}
