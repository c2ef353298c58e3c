package io.llmplatform.query.reading;

import io.llmplatform.contracts.read.ReadRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked, in clear.
 *
 * @param question parameters by name
 */
record Read(
        ReadRecord.Type type,
        String userId,
        String operation,
        Map<String, String> question,
        @Nullable Long results,
        Origin origin) {

    /** Where it came from. */
    record Origin(
            @Nullable String requestId,
            @Nullable String ip,
            @Nullable String userAgent) {}

    /** The same person asking the same. */
    Object sameness() {
        return List.of(userId, operation, question);
    }
}
