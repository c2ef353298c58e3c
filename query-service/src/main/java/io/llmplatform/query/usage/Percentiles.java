package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Milliseconds, at most 2 % off; null when there was no request. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Percentiles(
        @Nullable BigDecimal p50,
        @Nullable BigDecimal p95,
        @Nullable BigDecimal p99) {

    /** @param buckets smallest first */
    static Percentiles of(List<Bucket> buckets) {
        return new Percentiles(at(buckets, 0.50), at(buckets, 0.95), at(buckets, 0.99));
    }

    /** The nearest rank: the smallest value that the given share of requests does not exceed. */
    private static @Nullable BigDecimal at(List<Bucket> buckets, double share) {
        long total = buckets.stream().mapToLong(Bucket::count).sum();
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (var bucket : buckets) {
            seen += bucket.count();
            if (seen >= rank) {
                return BigDecimal.valueOf(bucket.ms()).setScale(1, RoundingMode.HALF_UP);
            }
        }
        return null;
    }

    record Bucket(double ms, long count) {}
}
