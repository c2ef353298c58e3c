package io.llmplatform.projections.usage;

import io.llmplatform.contracts.usage.UsageRecord;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a request went, as far as many go the same way. */
record Manner(
        @Nullable String servedModel,
        @Nullable String upstreamModel,
        boolean stream,
        int status,
        @Nullable String errorCode,
        boolean tokensEstimated,
        int attempts,
        @Nullable Boolean cacheHit,
        @Nullable Map<String, String> metadata,
        String gateway) {
    private static final Comparator<String> BY_BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    static Manner of(UsageRecord record) {
        return new Manner(
                record.servedModel(),
                record.upstreamModel(),
                record.stream(),
                record.status(),
                record.errorCode(),
                record.tokensEstimated(),
                record.attempts(),
                record.cacheHit(),
                record.metadata(),
                Required.of("gateway", record.gateway()));
    }

    long id() {
        return new Parts()
                .add(servedModel)
                .add(upstreamModel)
                .add(Boolean.toString(stream))
                .add(Integer.toString(status))
                .add(errorCode)
                .add(Boolean.toString(tokensEstimated))
                .add(Integer.toString(attempts))
                .add(cacheHit == null ? null : cacheHit.toString())
                .add(metadata == null ? null : tags(metadata))
                .add(gateway)
                .hash();
    }

    private static String tags(Map<String, String> metadata) {
        var parts = new Parts();
        metadata.entrySet().stream().sorted(Map.Entry.comparingByKey(BY_BYTES)).forEach(tag -> parts.add(tag.getKey())
                .add(tag.getValue()));
        return parts.toString();
    }
}
