package io.llmplatform.proxy.api.messages;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request of the messages API as one for chat completions. */
final class ChatRequest {
    private static final Predicate<JsonNode> NEVER = value -> false;

    private ChatRequest() {}

    /** @param messages is emptied */
    static ObjectNode of(ObjectNode messages) throws UntranslatableException {
        var asked = new Fields(messages);
        var out = ContractJson.mapper().createObjectNode();
        var model = asked.text("model");
        out.put("model", model == null ? "" : model);
        ChatTurns.carry(asked, out.putArray("messages"));
        ChatTools.carry(asked, out);
        sampling(asked, out);
        ReasoningRules.carry(asked, out);
        user(asked, out);
        if (asked.flag("stream")) {
            out.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        refuse(asked);
        return out;
    }

    private static void sampling(Fields asked, ObjectNode out) throws UntranslatableException {
        var limit = asked.count("max_tokens");
        if (limit == null || limit < 1) {
            throw new UntranslatableException("max_tokens", "Expected a whole number of at least 1 in 'max_tokens'.");
        }
        // The name that OpenAI's reasoning models insist on.
        out.put("max_completion_tokens", limit);
        for (var name : new String[] {"temperature", "top_p"}) {
            var value = asked.number(name);
            if (value != null) {
                out.put(name, value);
            }
        }
        var stop = asked.array("stop_sequences");
        if (stop != null && !stop.isEmpty()) {
            out.set("stop", stop);
        }
    }

    private static void user(Fields asked, ObjectNode out) throws UntranslatableException {
        var metadata = asked.object("metadata");
        var user = metadata == null ? "" : metadata.path("user_id").asString("");
        if (!user.isBlank()) {
            out.put("user", OpaqueUser.of(user));
        }
    }

    private static void refuse(Fields asked) throws UntranslatableException {
        asked.expect("top_k", NEVER, "The provider of this model has no top_k.");
        asked.expect("container", NEVER, "Containers are not available for this model.");
        asked.expect("mcp_servers", JsonNode::isEmpty, "MCP servers are not available for this model.");
        asked.expect("inference_geo", NEVER, "The region of inference cannot be chosen for this model.");
        asked.expect(
                "speed", value -> value.asString("").equals("standard"), "Fast mode is not available for this model.");
        asked.expect(
                "context_management",
                ChatRequest::onlyClears,
                "Of context management this model has only what clears earlier content, which it may leave out.");
        // Of the caches and the tier the answer itself tells nothing.
        asked.drop("cache_control", "service_tier", "diagnostics");
        asked.refuseRest("messages");
    }

    /** Claude Code always sends such edits; they save tokens and change nothing else. */
    private static boolean onlyClears(JsonNode management) {
        return management.path("edits").valueStream().allMatch(edit -> edit.path("type")
                .asString("")
                .startsWith("clear_"));
    }
}
