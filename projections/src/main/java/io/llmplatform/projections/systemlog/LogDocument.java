package io.llmplatform.projections.systemlog;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.log.LogRecord;
import io.llmplatform.projections.search.AllText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import tools.jackson.databind.node.ObjectNode;

/** A line as {@code LogLine} of the management API. */
final class LogDocument {
    private LogDocument() {}

    /** @throws IllegalArgumentException when it lacks what no line lacks */
    static ObjectNode of(LogRecord line) {
        ObjectNode document = ContractJson.mapper().valueToTree(line);
        for (var field : new String[] {"id", "at", "service", "level", "logger", "message"}) {
            if (!document.hasNonNull(field)) {
                throw new IllegalArgumentException("a line of a log without " + field);
            }
        }
        var texts = new LinkedHashSet<String>();
        for (var field : new String[] {"message", "logger", "stack", "request_id"}) {
            AllText.collect(document.path(field), texts);
        }
        document.set("all", AllText.of(texts));
        // Lines of one millisecond stay in their order.
        document.put("micros", ChronoUnit.MICROS.between(Instant.EPOCH, line.at()));
        return document;
    }
}
