package io.llmplatform.proxy.cache;

import io.llmplatform.proxy.api.Operation;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * A request's body in the one form that all equal requests share: members sorted by name, no white space, escapes resolved.
 * Numbers stand as they were written: {@code 0} and {@code 0.0} are two requests, which costs a miss and never a wrong answer.
 *
 * <p>Left out is {@code model} (it is in the key apart) and what changes nothing of the answer: {@code stream} and
 * {@code stream_options} (the variant is in the key apart; a recording holds the usage that the pipeline strips), and
 * {@code user}, {@code metadata}, {@code store}, {@code service_tier}, {@code safety_identifier},
 * {@code prompt_cache_key}. These six count with responses: their answer repeats them, and an answer given again to one
 * who stores could not be fetched if the one who asked first did not.
 */
public final class CanonicalRequest {
    /** Larger bodies are not cached: writing them anew would hold the event loop. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Of all objects together; likewise. */
    static final int MAX_MEMBERS = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_BYTES)
                    .maxNameLength(MAX_BYTES)
                    .maxNestingDepth(64)
                    .build())
            .build();
    private static final Set<String> NEVER_COUNTS = Set.of("model", "stream", "stream_options");
    private static final Set<String> SELDOM_COUNTS =
            Set.of("user", "metadata", "store", "service_tier", "safety_identifier", "prompt_cache_key");

    private final Operation operation;
    private final JsonParser json;
    private final CanonicalBytes out;
    private int memberCount;
    private boolean stream;
    private boolean repeatable;
    private boolean several;
    private boolean outside;
    private boolean stateful;

    private CanonicalRequest(Operation operation, JsonParser json, int length) {
        this.operation = operation;
        this.json = json;
        this.out = new CanonicalBytes(length + 64);
    }

    /**
     * @return absent when it cannot be cached: too large, too deep, too many members, no JSON object, or with a name that stands twice in one
     *     object (readers differ on which one counts)
     */
    public static @Nullable CanonicalRequest of(Operation operation, byte[] body) {
        if (body.length > MAX_BYTES || !CacheFacts.cacheable(operation)) {
            return null;
        }
        try (var json = JSON.createParser(ObjectReadContext.empty(), body, 0, body.length)) {
            var request = new CanonicalRequest(operation, json, body.length);
            boolean whole =
                    json.nextToken() == JsonToken.START_OBJECT && request.object(1, "") && json.nextToken() == null;
            return whole ? request : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    public CacheFacts facts() {
        boolean settled = !CacheFacts.samples(operation) || (repeatable && !several && !outside);
        return new CacheFacts(operation, stream, settled, stateful);
    }

    CanonicalBytes bytes() {
        return out;
    }

    /** @param top the member of the whole body that this is in */
    private boolean object(int depth, String top) {
        int start = out.size();
        var members = new CanonicalBytes.Members();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            if (++memberCount > MAX_MEMBERS) {
                return false;
            }
            var name = json.currentName();
            var token = json.nextToken();
            if (depth == 1) {
                steer(name, token);
                if (leftOut(name)) {
                    json.skipChildren();
                    continue;
                }
            } else if (depth == 3 && top.equals("tools") && name.equals("type")) {
                outside |= token != JsonToken.VALUE_STRING || !runByClient(json.getString());
            }
            int from = out.size();
            out.text(name);
            int nameTo = out.size();
            if (!value(token, depth, depth == 1 ? name : top)) {
                return false;
            }
            members.add(from, nameTo, out.size());
        }
        return members.sortIn(out, start);
    }

    private boolean value(JsonToken token, int depth, String top) {
        switch (token) {
            case START_OBJECT -> {
                out.mark('{');
                boolean clean = object(depth + 1, top);
                out.mark('}');
                return clean;
            }
            case START_ARRAY -> {
                out.mark('[');
                for (var item = json.nextToken(); item != JsonToken.END_ARRAY; item = json.nextToken()) {
                    if (!value(item, depth + 1, top)) {
                        return false;
                    }
                }
                out.mark(']');
            }
            case VALUE_STRING -> out.text(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.number(json.getString());
            case VALUE_TRUE -> out.mark('t');
            case VALUE_FALSE -> out.mark('f');
            default -> out.mark('n');
        }
        return true;
    }

    private void steer(String name, JsonToken value) {
        boolean given = value != JsonToken.VALUE_NULL;
        switch (name) {
            case "stream" -> stream = value == JsonToken.VALUE_TRUE;
            case "temperature" -> repeatable |= value.isNumeric() && json.getValueAsDouble() == 0;
            case "seed" -> repeatable |= value == JsonToken.VALUE_NUMBER_INT;
            case "n" -> several = given && !(value == JsonToken.VALUE_NUMBER_INT && json.getValueAsDouble() <= 1);
            case "web_search_options", "mcp_servers" -> outside |= given;
            case "conversation", "container" -> stateful |= given;
            case "background" -> stateful |= given && value != JsonToken.VALUE_FALSE;
            default -> {}
        }
    }

    private boolean leftOut(String name) {
        return NEVER_COUNTS.contains(name) || (operation != Operation.RESPONSES && SELDOM_COUNTS.contains(name));
    }

    private static boolean runByClient(String toolType) {
        return toolType.equals("function") || toolType.equals("custom");
    }
}
