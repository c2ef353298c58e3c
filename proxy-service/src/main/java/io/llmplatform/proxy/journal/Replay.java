package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.io.IOException;
import java.util.HashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings back what the journal carries. */
final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private Replay() {}

    /**
     * Restores from the latest sound checkpoint and folds every outcome behind it; without one (segments of the version
     * before) folds all there is.
     *
     * @return the first segment that was needed: it and later ones must stay until there is a newer checkpoint
     */
    static long into(Carried carried, SegmentFiles files) throws IOException {
        var segments = files.list();
        if (segments.isEmpty()) {
            return 0;
        }
        int last = segments.size() - 1;
        while (last >= 0 && !restored(carried, files, segments.get(last))) {
            last--;
        }
        int from = Math.max(0, last);
        // A disk that failed in the middle may hold a record twice.
        var seen = new HashSet<String>();
        for (long segment : segments.subList(from, segments.size())) {
            new SegmentReader(files.path(segment)).read(0, Long.MAX_VALUE, new SegmentReader.Visitor() {
                @Override
                public boolean entry(Entry entry, long end) {
                    if (entry.kind() == Entry.Kind.OUTCOME && seen.add(entry.requestId())) {
                        fold(carried, entry);
                    }
                    return true;
                }

                @Override
                public void damaged(long offset, long length) {
                    // Told once, by the recovery.
                }
            });
        }
        return segments.get(from);
    }

    private static boolean restored(Carried carried, SegmentFiles files, long segment) throws IOException {
        var parts = Checkpoint.read(new SegmentReader(files.path(segment)));
        try {
            parts.ifPresent(carried::restore);
            return parts.isPresent();
        } catch (RuntimeException e) {
            LOG.error("journal: checkpoint of segment {} cannot be read, taking an older one", segment, e);
            return false;
        }
    }

    private static void fold(Carried carried, Entry entry) {
        try {
            carried.fold(ContractJson.mapper().readValue(entry.json(), UsageRecord.class));
        } catch (RuntimeException e) {
            LOG.error("journal: outcome of {} cannot be counted", entry.requestId(), e);
        }
    }
}
