package io.llmplatform.projections.search;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * @param at      decides the index: one for each month (UTC)
 * @param version external: a document of a lower or equal version never replaces one
 * @param body    JSON object without line breaks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SearchDocument(String id, Instant at, long version, byte[] body) {
    YearMonth month() {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }
}
