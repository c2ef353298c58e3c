package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.proxy.api.messages.Fields;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.math.BigDecimal;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sampling and stop sequences. A value that is Anthropic's default is left out: newer models take no other, and refuse
 * even that one when thinking or when both are given.
 */
final class SamplingRules {
    private SamplingRules() {}

    static void carry(Fields asked, ObjectNode out) throws UntranslatableException {
        var temperature = asked.number("temperature");
        if (temperature != null) {
            if (temperature.signum() < 0 || temperature.compareTo(BigDecimal.ONE) > 0) {
                throw new UntranslatableException(
                        "temperature", "The provider of this model takes a temperature from 0 to 1 only.");
            }
            if (temperature.compareTo(BigDecimal.ONE) != 0) {
                out.put("temperature", temperature);
            }
        }
        var topP = asked.number("top_p");
        if (topP != null && topP.compareTo(BigDecimal.ONE) != 0) {
            out.put("top_p", topP);
        }
        var topK = asked.count("top_k");
        if (topK != null) {
            out.put("top_k", topK);
        }
        stop(asked, out);
    }

    private static void stop(Fields asked, ObjectNode out) throws UntranslatableException {
        var stop = asked.take("stop");
        if (stop == null) {
            return;
        }
        if (stop.isString()) {
            out.putArray("stop_sequences").add(stop);
        } else if (stop.isArray()) {
            if (!stop.isEmpty()) {
                out.set("stop_sequences", stop);
            }
        } else {
            throw new UntranslatableException("stop", "Expected a string or an array of strings in 'stop'.");
        }
    }
}
