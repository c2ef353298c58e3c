package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.proxy.api.messages.Fields;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What chat completions can be asked for and Anthropic has nothing of. */
final class ChatRefusals {
    private static final Predicate<JsonNode> ZERO =
            value -> value.isNumber() && value.decimalValue().signum() == 0;
    private static final Predicate<JsonNode> FALSE = value -> value.isBoolean() && !value.booleanValue();
    private static final Predicate<JsonNode> NEVER = value -> false;

    private ChatRefusals() {}

    /** Leaves nothing unread. */
    static void check(Fields asked) throws UntranslatableException {
        asked.expect(
                "n", value -> value.isNumber() && value.asInt(0) == 1, "This model gives one choice: n must be 1.");
        asked.expect("logprobs", FALSE, "The provider of this model tells no log probabilities.");
        asked.expect("top_logprobs", ZERO, "The provider of this model tells no log probabilities.");
        asked.expect("frequency_penalty", ZERO, "The provider of this model has no frequency penalty.");
        asked.expect("presence_penalty", ZERO, "The provider of this model has no presence penalty.");
        asked.expect("logit_bias", JsonNode::isEmpty, "The provider of this model has no logit bias.");
        asked.expect("seed", NEVER, "The provider of this model has no seed.");
        asked.expect("modalities", ChatRefusals::textOnly, "This model answers with text only.");
        asked.expect("audio", NEVER, "This model answers with text only.");
        asked.expect(
                "web_search_options", NEVER, "Web search is not available for this model through chat completions.");
        asked.expect(
                "functions", JsonNode::isEmpty, "Functions in their old form cannot be carried over: use 'tools'.");
        asked.expect(
                "function_call", NEVER, "Function calls in their old form cannot be carried over: use 'tool_choice'.");
        asked.expect("store", FALSE, "Completions of this model cannot be stored.");
        asked.expect(
                "verbosity",
                value -> value.asString("").equals("medium"),
                "The provider of this model has no verbosity.");
        // A prediction changes the speed and never the answer.
        asked.drop("metadata", "prediction", "prompt_cache_key", "prompt_cache_retention", "stream_options");
        asked.refuseRest("chat completions");
    }

    private static boolean textOnly(JsonNode modalities) {
        return modalities.isArray()
                && modalities.valueStream().allMatch(one -> one.asString("").equals("text"));
    }
}
