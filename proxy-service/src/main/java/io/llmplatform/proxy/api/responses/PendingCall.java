package io.llmplatform.proxy.api.responses;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A tool call of the provider, however its fields are spread over the chunks; an item as soon as its name and id are known. */
final class PendingCall {
    /** Makes the item. */
    interface Opener {
        CallItem open(String chatName, @Nullable String id, @Nullable JsonNode extra);
    }

    private final Opener opener;
    private final StringBuilder early = new StringBuilder();
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable JsonNode extra;
    private @Nullable CallItem item;

    PendingCall(Opener opener) {
        this.opener = opener;
    }

    @Nullable
    String id() {
        return id;
    }

    void add(JsonNode delta) {
        id = firstOf(id, Fields.text(delta, "id"));
        name = firstOf(name, Fields.text(delta.path("function"), "name"));
        if (extra == null && delta.path("extra_content").isObject()) {
            extra = delta.get("extra_content");
        }
        var arguments = arguments(delta.path("function").path("arguments"));
        if (item == null && id != null && name != null) {
            item = open(name);
        }
        if (item == null) {
            early.append(arguments);
        } else if (!arguments.isEmpty()) {
            item.arguments(arguments);
        }
    }

    /** The item, made at the latest now. */
    CallItem settle() {
        if (item == null) {
            if (name == null) {
                throw new IllegalArgumentException("a tool call without a name");
            }
            item = open(name);
        }
        return item;
    }

    private CallItem open(String chatName) {
        var opened = opener.open(chatName, id, extra);
        if (!early.isEmpty()) {
            opened.arguments(early.toString());
        }
        return opened;
    }

    /** Some providers answer with an object where a string was promised. */
    private static String arguments(JsonNode arguments) {
        return arguments.isString() ? arguments.stringValue() : arguments.isObject() ? arguments.toString() : "";
    }

    private static @Nullable String firstOf(@Nullable String known, @Nullable String heard) {
        return known != null || heard == null || heard.isEmpty() ? known : heard;
    }
}
