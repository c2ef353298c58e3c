package io.llmplatform.proxy.journal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier process left behind.
 *
 * @param orphans     starts without an outcome, oldest first: that process died in between
 * @param unpublished outcomes beyond the progress
 * @param bytes       size of all segments
 * @param damaged     bytes that hold no sound record (a torn tail after a crash is normal)
 */
record Recovery(List<Entry> orphans, long unpublished, long bytes, long damaged) {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    static Recovery scan(SegmentFiles files, Position progress) throws IOException {
        Map<String, Entry> open = new LinkedHashMap<>();
        var counts = new long[3];
        for (long segment : files.list()) {
            counts[1] += files.size(segment);
            new SegmentReader(files.path(segment)).read(0, Long.MAX_VALUE, new SegmentReader.Visitor() {
                @Override
                public boolean entry(Entry entry, long end) {
                    switch (entry.kind()) {
                        case START -> open.put(entry.requestId(), entry);
                        case OUTCOME -> {
                            open.remove(entry.requestId());
                            counts[0] += new Position(segment, end).compareTo(progress) > 0 ? 1 : 0;
                        }
                        case PROBE, CHECKPOINT -> {}
                    }
                    return true;
                }

                @Override
                public void damaged(long offset, long length) {
                    counts[2] += length;
                    LOG.warn(
                            "journal segment {}: {} bytes at offset {} hold no sound record, skipped",
                            segment,
                            length,
                            offset);
                }
            });
        }
        return new Recovery(List.copyOf(open.values()), counts[0], counts[1], counts[2]);
    }
}
