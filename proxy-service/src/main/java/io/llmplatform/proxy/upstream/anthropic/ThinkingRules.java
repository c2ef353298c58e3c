package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.proxy.api.messages.Fields;
import io.llmplatform.proxy.translate.UntranslatableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code reasoning_effort}, {@code thinking} and the limit of tokens, which hang together: Anthropic demands a limit and
 * counts thinking towards it, as OpenAI does.
 */
final class ThinkingRules {
    /** The smallest budget Anthropic takes. */
    private static final long LEAST = 1024;

    /** For the answer itself, where the client set no limit. */
    private static final long ROOM = 4096;

    private enum Effort {
        MINIMAL(LEAST, "low"),
        LOW(2048, "low"),
        MEDIUM(8192, "medium"),
        HIGH(16384, "high"),
        XHIGH(24576, "xhigh"),
        MAX(24576, "max");

        private final long budget;
        private final String wire;

        Effort(long budget, String wire) {
            this.budget = budget;
            this.wire = wire;
        }
    }

    private ThinkingRules() {}

    static void carry(Fields asked, ClaudeModel model, ObjectNode out) throws UntranslatableException {
        var completion = asked.count("max_completion_tokens");
        var older = asked.count("max_tokens");
        var limit = completion == null ? older : completion;
        var word = asked.text("reasoning_effort");
        var effort = effort(word);
        var own = asked.object("thinking");
        long thoughts;
        if (own != null) {
            thoughts = replayed(own, effort, limit, out);
        } else if (effort != null) {
            thoughts = model == ClaudeModel.BUDGET ? budget(effort, limit, out) : adaptive(effort, out);
        } else if (model == ClaudeModel.EFFORT_BY_DEFAULT && word != null) {
            out.putObject("thinking").put("type", "disabled");
            thoughts = 0;
        } else {
            thoughts = model == ClaudeModel.EFFORT_BY_DEFAULT ? Effort.HIGH.budget : 0;
        }
        out.put("max_tokens", limit == null ? ROOM + thoughts : limit);
    }

    /** The client speaks Anthropic's own dialect: taken at its word. */
    private static long replayed(ObjectNode own, @Nullable Effort effort, @Nullable Long limit, ObjectNode out)
            throws UntranslatableException {
        if (effort != null) {
            out.withObjectProperty("output_config").put("effort", effort.wire);
        }
        out.set("thinking", own);
        long budget = own.path("budget_tokens").asLong(0);
        if (limit != null && budget >= limit) {
            throw new UntranslatableException(
                    "thinking.budget_tokens",
                    "The budget for thinking must be smaller than the limit of " + limit + " tokens for the answer.");
        }
        return own.path("type").asString("").equals("adaptive") ? Effort.HIGH.budget : budget;
    }

    private static long budget(Effort effort, @Nullable Long limit, ObjectNode out) throws UntranslatableException {
        if (limit != null && limit <= LEAST) {
            throw new UntranslatableException(
                    "reasoning_effort",
                    "This model thinks with at least " + LEAST + " tokens, which the limit of " + limit
                            + " tokens leaves no room for: raise the limit or leave out reasoning_effort.");
        }
        long budget = limit == null || limit > effort.budget + LEAST ? effort.budget : Math.max(LEAST, limit / 2);
        out.putObject("thinking").put("type", "enabled").put("budget_tokens", budget);
        return budget;
    }

    /** Newer models hide their thoughts unless asked for a summary. */
    private static long adaptive(Effort effort, ObjectNode out) {
        out.putObject("thinking").put("type", "adaptive").put("display", "summarized");
        out.withObjectProperty("output_config").put("effort", effort.wire);
        return effort.budget;
    }

    private static @Nullable Effort effort(@Nullable String word) throws UntranslatableException {
        return switch (word) {
            case null -> null;
            case "none" -> null;
            case "minimal" -> Effort.MINIMAL;
            case "low" -> Effort.LOW;
            case "medium" -> Effort.MEDIUM;
            case "high" -> Effort.HIGH;
            case "xhigh" -> Effort.XHIGH;
            case "max" -> Effort.MAX;
            default ->
                throw new UntranslatableException(
                        "reasoning_effort",
                        "Expected none, minimal, low, medium, high, xhigh or max in 'reasoning_effort'.");
        };
    }
}
