package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenCount;
import io.llmplatform.proxy.usage.TokenCounter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The tokens of a request's prompt by a vocabulary: some hundred times the work of {@link ApiRequest#promptTokens}. */
public final class PromptCount implements PromptReader {
    private final JsonParser json;
    private final TokenCount count;
    private long given;

    private PromptCount(JsonParser json, TokenCount count) {
        this.json = json;
        this.count = count;
    }

    /** Of a form 0: its files are no text. */
    public static long of(ApiRequest request, TokenCounter counter) {
        var body = request.body();
        if (request.operation().multipart()) {
            return 0;
        }
        try (var json = RequestScan.JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            return new PromptCount(json, counter.begin()).run();
        }
    }

    private long run() {
        try {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                field(json.currentName(), json.nextToken());
            }
        } catch (JacksonException e) {
            // What was read before counts; a request that is no JSON has been refused already.
            return count.tokens() + given;
        }
        return count.tokens() + given;
    }

    private void field(String name, JsonToken value) {
        if (!PromptScan.holds(name)) {
            json.skipChildren();
        } else if (name.equals("messages") && value == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                count.message();
                PromptScan.walk(json, this);
            }
        } else {
            PromptScan.walk(json, this);
        }
    }

    @Override
    public void text() {
        count.text(json.getString());
    }

    @Override
    public void token() {
        given++;
    }
}
