package io.llmplatform.projections.usage;

import io.llmplatform.contracts.usage.RequestKey;
import io.llmplatform.contracts.usage.UsageRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * A record under the ids by which it is stored. They follow from what they stand for, as {@code usage_series_id} and {@code
 * usage_manner_id} of the schema have it.
 */
record Numbered(UsageRecord record, UUID key, Entry<Series> series, Entry<Manner> manner, Entry<Origin> origin) {

    /** A line of a dictionary. */
    record Entry<T>(long id, T value) {}

    /** @throws IllegalArgumentException naming what cannot be left out */
    static List<Numbered> all(Collection<UsageRecord> records) {
        var series = new Entries<Series>(Series::id);
        var manners = new Entries<Manner>(Manner::id);
        var origins = new Entries<Origin>(Origin::id);
        var numbered = new ArrayList<Numbered>(records.size());
        for (var record : records) {
            numbered.add(new Numbered(
                    record,
                    RequestKey.of(record.requestId()),
                    series.of(Series.of(record)),
                    manners.of(Manner.of(record)),
                    origins.of(new Origin(record.ip(), record.userAgent()))));
        }
        return numbered;
    }

    /** Hashes each value once. */
    private static final class Entries<T> {
        private final HashMap<T, Entry<T>> known = new HashMap<>();
        private final ToLongFunction<T> id;

        Entries(ToLongFunction<T> id) {
            this.id = id;
        }

        Entry<T> of(T value) {
            return known.computeIfAbsent(value, absent -> new Entry<>(id.applyAsLong(absent), absent));
        }
    }
}
