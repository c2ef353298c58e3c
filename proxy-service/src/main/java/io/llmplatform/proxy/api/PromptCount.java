package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenCount;
import io.llmplatform.proxy.usage.TokenCounter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The tokens of a request's prompt by a vocabulary: some hundred times the work of {@link ApiRequest#promptTokens}. */
public final class PromptCount {
    private PromptCount() {}

    /** Of a form 0: its files are no text. */
    public static long of(ApiRequest request, TokenCounter counter) {
        if (request.operation().multipart()) {
            return 0;
        }
        var count = counter.begin();
        long given = 0;
        var body = request.body();
        try (var json = RequestScan.JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = json.currentName();
                json.nextToken();
                if (PromptScan.holds(name)) {
                    given += texts(json, count, name.equals("messages"));
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            // What was read before counts; a request that is no JSON has been refused already.
            return count.tokens() + given;
        }
        return count.tokens() + given;
    }

    /** @return how many tokens stand there as such */
    private static long texts(JsonParser json, TokenCount count, boolean messages) {
        long given = 0;
        int depth = 0;
        var token = json.currentToken();
        while (true) {
            if (token.isStructStart()) {
                if (depth++ == 1 && messages) {
                    count.message();
                }
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && PromptScan.isText(json.currentName())) {
                count.text(json.getString());
            } else if (token == JsonToken.VALUE_NUMBER_INT && json.currentName() == null) {
                given++;
            }
            if (depth == 0) {
                return given;
            }
            token = json.nextToken();
        }
    }
}
