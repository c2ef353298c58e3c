package io.llmplatform.query.projection;

import java.time.Instant;

/** {@code ParkedRecord} of the management API. */
record ParkedView(
        long id,
        String topic,
        int partition,
        long offset,
        String key,
        String error,
        Instant parkedAt,
        int attempts,
        boolean redriveWanted,
        String payload) {}
