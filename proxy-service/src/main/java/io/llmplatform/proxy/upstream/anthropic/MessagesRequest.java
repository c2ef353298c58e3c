package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.messages.Fields;
import io.llmplatform.proxy.api.messages.OpaqueUser;
import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat request in Anthropic's form.
 *
 * @param jsonTool the answer comes as the input of {@link OutputFormat#JSON_TOOL} and is text for the client
 */
record MessagesRequest(ObjectNode body, boolean jsonTool) {
    /** @param chat is emptied */
    static MessagesRequest of(ObjectNode chat) throws UntranslatableException {
        var asked = new Fields(chat);
        var out = ContractJson.mapper().createObjectNode();
        var model = asked.text("model");
        out.put("model", model == null ? "" : model);
        ThinkingRules.carry(asked, ClaudeModel.of(model == null ? "" : model), out);
        var turns = Turns.of(asked.array("messages"));
        turns.into(out);
        ToolRules.carry(asked, turns.calledTools(), out);
        boolean jsonTool = OutputFormat.carry(asked, out);
        SamplingRules.carry(asked, out);
        user(asked, out);
        serviceTier(asked, out);
        if (asked.flag("stream")) {
            out.put("stream", true);
        }
        var cacheControl = asked.take("cache_control");
        if (cacheControl != null) {
            out.set("cache_control", cacheControl);
        }
        ChatRefusals.check(asked);
        return new MessagesRequest(out, jsonTool);
    }

    private static void user(Fields asked, ObjectNode out) throws UntranslatableException {
        var user = asked.text("user");
        var safety = asked.text("safety_identifier");
        var id = user == null ? safety : user;
        if (id != null && !id.isBlank()) {
            out.putObject("metadata").put("user_id", OpaqueUser.of(id));
        }
    }

    private static void serviceTier(Fields asked, ObjectNode out) throws UntranslatableException {
        switch (asked.text("service_tier")) {
            case null -> {}
            case "auto" -> {}
            case "default" -> out.put("service_tier", "standard_only");
            case String tier ->
                throw new UntranslatableException(
                        "service_tier", "The provider of this model has no service tier '" + tier + "'.");
        }
    }
}
