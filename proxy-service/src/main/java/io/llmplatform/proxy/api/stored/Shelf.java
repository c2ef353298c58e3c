package io.llmplatform.proxy.api.stored;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lies in the folder, oldest first. Shared by all event loops; nothing here takes longer than a look-up, but a sweep. */
final class Shelf {
    /** @param ready whether its file is in place */
    record Entry(String file, long bytes, Instant storedAt, boolean ready) {}

    private final StoreLimits limits;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    Shelf(StoreLimits limits) {
        this.limits = limits;
    }

    /** Null when nothing is there that could be read at that time. */
    synchronized @Nullable Entry find(String id, Instant now) {
        var entry = entries.get(id);
        return entry == null || !entry.ready || expired(entry, now) ? null : entry;
    }

    /** @return false when there is one of that id already */
    synchronized boolean add(String id, Entry entry) {
        if (entries.putIfAbsent(id, entry) != null) {
            return false;
        }
        bytes += entry.bytes;
        return true;
    }

    /** @return false when it was removed in the meantime */
    synchronized boolean ready(String id) {
        return entries.computeIfPresent(id, (same, entry) -> new Entry(entry.file, entry.bytes, entry.storedAt, true))
                != null;
    }

    synchronized @Nullable Entry remove(String id) {
        var entry = entries.remove(id);
        if (entry != null) {
            bytes -= entry.bytes;
        }
        return entry;
    }

    /** Takes out what is too old, and the oldest while there is too much. */
    synchronized List<Entry> surplus(Instant now) {
        var out = new ArrayList<Entry>();
        var oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            var entry = oldest.next();
            if (bytes <= limits.maxBytes() && !expired(entry, now)) {
                break;
            }
            oldest.remove();
            bytes -= entry.bytes;
            out.add(entry);
        }
        return out;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int size() {
        return entries.size();
    }

    private boolean expired(Entry entry, Instant now) {
        return !now.isBefore(entry.storedAt.plus(limits.maxAge()));
    }
}
