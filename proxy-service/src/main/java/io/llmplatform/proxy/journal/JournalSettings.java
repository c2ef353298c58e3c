package io.llmplatform.proxy.journal;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * @param directory    owned by one process at a time (lock file)
 * @param maxBytes     new requests are refused beyond this size; outcomes of running ones are always taken
 * @param segmentBytes size at which the next segment begins; a quarter of {@code maxBytes} at most, since only whole
 *                     segments are freed
 * @param fsyncAlways  acknowledge only after fsync (survives power loss), not after write(2) (survives a crash); asked for each write
 */
public record JournalSettings(Path directory, long maxBytes, long segmentBytes, BooleanSupplier fsyncAlways) {
    public static final long DEFAULT_MAX_BYTES = 1L << 30;
    public static final long DEFAULT_SEGMENT_BYTES = 16L << 20;

    public JournalSettings {
        segmentBytes = Math.clamp(maxBytes / 4, 1, Math.max(1, segmentBytes));
    }

    public JournalSettings(Path directory, long maxBytes, long segmentBytes, boolean fsyncAlways) {
        this(directory, maxBytes, segmentBytes, () -> fsyncAlways);
    }

    /** Otherwise the same. */
    public JournalSettings withFsyncAlways(BooleanSupplier always) {
        return new JournalSettings(directory, maxBytes, segmentBytes, always);
    }
}
