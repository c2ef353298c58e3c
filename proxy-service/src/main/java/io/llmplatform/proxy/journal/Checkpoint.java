package io.llmplatform.proxy.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@link Carried} hands over, as records at the head of a segment: {@code 1/3, 2/3, 3/3} stand in place of the request id. */
final class Checkpoint {
    private Checkpoint() {}

    static byte[] encode(List<byte[]> parts) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            out.writeBytes(Frames.encode(new Entry(Entry.Kind.CHECKPOINT, (i + 1) + "/" + parts.size(), parts.get(i))));
        }
        return out.toByteArray();
    }

    /** The parts at the head of a segment, when all of them are sound. */
    static Optional<List<byte[]>> read(SegmentReader segment) throws IOException {
        var parts = new ArrayList<byte[]>();
        var complete = new boolean[1];
        segment.read(0, Long.MAX_VALUE, new SegmentReader.Visitor() {
            @Override
            public boolean entry(Entry entry, long end) {
                if (entry.kind() != Entry.Kind.CHECKPOINT || !entry.requestId().startsWith(parts.size() + 1 + "/")) {
                    return false;
                }
                parts.add(entry.json());
                complete[0] = entry.requestId().equals(parts.size() + "/" + parts.size());
                return !complete[0];
            }

            @Override
            public void damaged(long offset, long length) {
                // A part is then missing from the sequence.
            }
        });
        return complete[0] ? Optional.of(parts) : Optional.empty();
    }
}
