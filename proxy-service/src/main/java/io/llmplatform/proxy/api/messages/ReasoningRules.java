package io.llmplatform.proxy.api.messages;

import io.llmplatform.proxy.translate.UntranslatableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code thinking} and {@code output_config}: how hard to think, and in which form to answer. A budget becomes an effort:
 * below 4096 tokens low, below 16384 medium, else high; above high there is nothing every provider knows. Thinking that
 * is adaptive or off says nothing: many chat models take no effort at all.
 */
final class ReasoningRules {
    private static final long MEDIUM = 4096;
    private static final long HIGH = 16384;

    private ReasoningRules() {}

    static void carry(Fields asked, ObjectNode out) throws UntranslatableException {
        var thinking = asked.object("thinking");
        var config = asked.object("output_config");
        var older = asked.take("output_format");
        String effort = null;
        if (config != null) {
            var fields = new Fields(config);
            effort = effort(fields.text("effort"));
            format(fields.take("format"), "output_config.format", out);
            fields.refuseRest("messages");
        }
        format(older, "output_format", out);
        var type = thinking == null ? "" : thinking.path("type").asString("");
        if (type.equals("disabled")) {
            return;
        }
        if (effort == null && thinking != null && type.equals("enabled")) {
            effort = effort(thinking.path("budget_tokens").asLong(0));
        }
        if (effort != null) {
            out.put("reasoning_effort", effort);
        }
    }

    private static String effort(long budget) {
        return budget < MEDIUM ? "low" : budget < HIGH ? "medium" : "high";
    }

    private static @Nullable String effort(@Nullable String effort) throws UntranslatableException {
        return switch (effort) {
            case null -> null;
            case "low", "medium", "high" -> effort;
            case "xhigh", "max" -> "high";
            default ->
                throw new UntranslatableException(
                        "output_config.effort", "Expected low, medium, high, xhigh or max in 'output_config.effort'.");
        };
    }

    private static void format(@Nullable JsonNode format, String param, ObjectNode out) throws UntranslatableException {
        if (format == null) {
            return;
        }
        if (!format.path("type").asString("").equals("json_schema")
                || !(format.path("schema") instanceof ObjectNode schema)) {
            throw new UntranslatableException(param, "Expected a format of type json_schema with a schema.");
        }
        out.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "answer")
                .put("strict", true)
                .set("schema", schema);
    }
}
