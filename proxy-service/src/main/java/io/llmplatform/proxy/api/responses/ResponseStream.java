package io.llmplatform.proxy.api.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Chat chunks in, events of a response out. At any time one reasoning or message item is open at most; calls stay open to
 * the end, for a provider may come back to one after it began the next.
 */
final class ResponseStream {
    private final ResponseFrame frame;
    private final Toolbox tools;
    private final ItemIds ids;
    private final Events events = new Events();
    private final List<OutputItem> output = new ArrayList<>();
    private final TreeMap<Integer, PendingCall> calls = new TreeMap<>();
    private @Nullable OutputItem speaking;
    private @Nullable String model;
    private @Nullable String tier;
    private @Nullable String finish;
    private @Nullable JsonNode usage;
    private boolean begun;

    ResponseStream(ResponseFrame frame, Toolbox tools, String requestId) {
        this.frame = frame;
        this.tools = tools;
        this.ids = new ItemIds(requestId);
    }

    void chunk(ObjectNode chunk, Consumer<ObjectNode> out) {
        events.to(out);
        if (chunk.path("usage").isObject()) {
            usage = chunk.get("usage");
        } else if (!chunk.path("choices").isArray()) {
            throw new IllegalArgumentException("a chunk with neither choices nor usage");
        }
        begin(chunk);
        for (var choice : chunk.path("choices")) {
            if (finish == null && choice.path("index").asInt(0) == 0) {
                delta(choice.path("delta"), choice.path("logprobs").path("content"));
                finish(Fields.text(choice, "finish_reason", ""));
            }
        }
    }

    void end(Consumer<ObjectNode> out) {
        events.to(out);
        if (finish != null) {
            var whole = response();
            events.response("response." + whole.get("status").stringValue(), whole);
        }
    }

    /** As it stands now; whole once a finish reason came. */
    ObjectNode response() {
        var reason = Finish.incomplete(finish);
        var status = finish == null ? "in_progress" : reason == null ? "completed" : "incomplete";
        var items = Fields.array();
        output.forEach(item -> items.add(item.json()));
        var out = frame.response(status, items);
        if (reason != null) {
            out.putObject("incomplete_details").put("reason", reason);
        }
        if (model != null) {
            out.put("model", model);
        }
        if (tier != null) {
            out.put("service_tier", tier);
        }
        if (finish != null) {
            out.set("usage", ResponseUsage.of(usage));
        }
        return out;
    }

    private void begin(JsonNode chunk) {
        var named = Fields.text(chunk, "model", "");
        model = named.isEmpty() ? model : named;
        tier = Fields.text(chunk, "service_tier") == null ? tier : Fields.text(chunk, "service_tier");
        if (!begun) {
            begun = true;
            events.response("response.created", response());
            events.response("response.in_progress", response());
        }
    }

    private void delta(JsonNode delta, JsonNode logprobs) {
        var reasoning = Fields.text(delta, "reasoning_content", "");
        if (!reasoning.isEmpty()) {
            reasoning().text(reasoning);
        }
        if (!delta.path("thinking_blocks").isEmpty()) {
            reasoning().thinking(delta.path("thinking_blocks"));
        }
        var text = said(delta.path("content"));
        if (!text.isEmpty()) {
            message().text(text, logprobs);
        }
        for (var annotation : delta.path("annotations")) {
            if (annotation.path("url_citation") instanceof ObjectNode source) {
                message().cite(source);
            }
        }
        var refusal = Fields.text(delta, "refusal", "");
        if (!refusal.isEmpty()) {
            message().refusal(refusal);
        }
        for (var call : delta.path("tool_calls")) {
            call(call).add(call);
        }
    }

    /** A few providers answer in parts. */
    private static String said(JsonNode content) {
        if (!content.isArray()) {
            return content.isString() ? content.stringValue() : "";
        }
        var out = new StringBuilder();
        content.forEach(part -> out.append(Fields.text(part, "text", "")));
        return out.toString();
    }

    private ReasoningItem reasoning() {
        if (speaking instanceof ReasoningItem open) {
            return open;
        }
        hush(false);
        var item = new ReasoningItem(events, ids.next("rs"), output.size(), frame.sealed());
        output.add(item);
        speaking = item;
        return item;
    }

    private MessageItem message() {
        if (speaking instanceof MessageItem open) {
            return open;
        }
        hush(false);
        var item = new MessageItem(events, ids.next("msg"), output.size());
        output.add(item);
        speaking = item;
        return item;
    }

    /** Which call a delta belongs to: by its index, else by its id, else it goes on with the last one. */
    private PendingCall call(JsonNode delta) {
        if (delta.path("index").canConvertToInt()) {
            return calls.computeIfAbsent(delta.get("index").intValue(), index -> new PendingCall(this::open));
        }
        var id = Fields.text(delta, "id", "");
        for (var call : calls.values()) {
            if (!id.isEmpty() && id.equals(call.id())) {
                return call;
            }
        }
        if (!calls.isEmpty() && id.isEmpty()) {
            return calls.lastEntry().getValue();
        }
        var call = new PendingCall(this::open);
        calls.put(calls.isEmpty() ? 0 : calls.lastKey() + 1, call);
        return call;
    }

    private CallItem open(String chatName, @Nullable String id, @Nullable JsonNode extra) {
        hush(false);
        var tool = tools.called(chatName);
        var itemId = ids.next(tool.kind().prefix());
        var callId = CallIds.seal(id == null ? "call_" + itemId.substring(itemId.indexOf('_') + 1) : id, extra);
        var item = new CallItem(events, itemId, output.size(), tool, callId);
        output.add(item);
        return item;
    }

    private void hush(boolean cut) {
        if (speaking != null) {
            speaking.close(cut);
            speaking = null;
        }
    }

    private void finish(String reason) {
        if (reason.isEmpty()) {
            return;
        }
        boolean cut = Finish.incomplete(reason) != null;
        calls.values().forEach(PendingCall::settle);
        for (var item : List.copyOf(output)) {
            item.close(cut && item.index() == output.size() - 1);
        }
        speaking = null;
        finish = reason;
    }
}
