package io.llmplatform.proxy.journal;

import static io.llmplatform.proxy.journal.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.usage.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLaneTest {
    @TempDir
    Path directory;

    private final Queue<Runnable> turnEnds = new ArrayDeque<>();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void whatIsRecordedInOneTurnIsWrittenOnce() throws Exception {
        var writes = new AtomicInteger();
        try (var journal = Journal.open(settings(), counting(writes))) {
            var lane = new JournalLane(journal, turnEnds::add);
            lane.start(record("req_0", Outcome.UNKNOWN), refusal -> told.add("0"));
            // The first write of a segment is the writer thread's: it opens the file.
            endTurn();
            await().until(() -> told.contains("0"));
            int before = writes.get();
            for (int i = 1; i <= 5; i++) {
                var name = Integer.toString(i);
                lane.start(record("req_" + i, Outcome.UNKNOWN), refusal -> told.add(name));
                lane.outcome(record("req_" + i, Outcome.COMPLETED), refusal -> told.add(name + " done"));
            }
            assertThat(turnEnds).hasSize(1);
            assertThat(writes).hasValue(before);
            endTurn();
            assertThat(writes).hasValue(before + 1);
            assertThat(told).endsWith("5", "5 done").hasSize(11);
            assertThat(journal.tail().read(100).outcomes()).hasSize(5);
        }
    }

    @Test
    void whoIsToldMayRecordAgain() throws Exception {
        try (var journal = Journal.open(settings())) {
            var lane = new JournalLane(journal, turnEnds::add);
            lane.start(
                    record("req_1", Outcome.UNKNOWN),
                    refusal -> lane.outcome(record("req_1", Outcome.COMPLETED), written -> told.add("done")));
            await().until(() -> {
                endTurn();
                return told.contains("done");
            });
            assertThat(journal.tail().read(100).outcomes()).hasSize(1);
        }
    }

    @Test
    void aClosedJournalRefuses() throws Exception {
        var journal = Journal.open(settings());
        journal.close();
        var lane = new JournalLane(journal, turnEnds::add);
        lane.start(record("req_1", Outcome.UNKNOWN), refusal -> told.add("start " + refusal));
        lane.outcome(record("req_1", Outcome.COMPLETED), refusal -> told.add("outcome " + refusal));
        assertThat(told).containsExactly("start CLOSED", "outcome CLOSED");
        assertThat(turnEnds).isEmpty();
    }

    private void endTurn() {
        for (var task = turnEnds.poll(); task != null; task = turnEnds.poll()) {
            task.run();
        }
    }

    private JournalSettings settings() {
        return new JournalSettings(directory, 1 << 20, 1 << 20, false);
    }

    private static SegmentOutput.Opener counting(AtomicInteger writes) {
        return path -> new DelegatingOutput(SegmentOutput.file(path)) {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                writes.incrementAndGet();
                super.write(bytes);
            }
        };
    }
}
