package io.llmplatform.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows from the outcomes survives a kill at any moment, the drop of segments, and failing disks. */
class CarriedTest {
    @TempDir
    Path directory;

    @TempDir
    Path copies;

    private int copy;
    private int requests;

    @Test
    void aKillAfterAnyRecordLosesNothingThoughSegmentsAreDropped() throws Exception {
        try (var journal = Journal.open(segmentsOf(800), new Sum(3))) {
            for (int i = 1; i <= 30; i++) {
                outcome(journal);
                assertThat(afterKill()).isEqualTo(i);
                publish(journal);
                assertThat(afterKill()).isEqualTo(i);
            }
            assertThat(segments(directory)).hasSize(1);
        }
        assertThat(afterKill()).isEqualTo(30);
    }

    @Test
    void anIdleRestartKeepsTheOldSegmentUntilThereIsANewCheckpoint() throws Exception {
        try (var journal = Journal.open(segmentsOf(800), new Sum(1))) {
            outcome(journal);
            publish(journal);
        }
        for (int i = 0; i < 3; i++) {
            try (var journal = Journal.open(segmentsOf(800), new Sum(1))) {
                publish(journal);
            }
            assertThat(afterKill()).isEqualTo(1);
        }
    }

    @Test
    void segmentsOfTheVersionBeforeAreReadWhole() throws Exception {
        try (var journal = Journal.open(segmentsOf(800))) {
            for (int i = 0; i < 7; i++) {
                outcome(journal);
            }
        }
        assertThat(afterKill()).isEqualTo(7);
        try (var journal = Journal.open(segmentsOf(800), new Sum(2))) {
            outcome(journal);
            publish(journal);
            assertThat(segments(directory)).hasSize(1);
        }
        assertThat(afterKill()).isEqualTo(8);
    }

    @Test
    void theOutcomeOfAnOrphanCountsOnce() throws Exception {
        try (var journal = Journal.open(segmentsOf(1 << 20), new Sum(1))) {
            var told = new CompletableFuture<JournalRefusal>();
            journal.start(record("req_orphan"), told::complete);
            told.get(10, TimeUnit.SECONDS);
        }
        for (int i = 0; i < 2; i++) {
            var sum = new Sum(1);
            try (var journal = Journal.open(segmentsOf(1 << 20), sum)) {
                await().until(() -> sum.value.get() == 1);
            }
        }
        assertThat(afterKill()).isEqualTo(1);
    }

    @Test
    void withADamagedCheckpointAnOlderOneServes() throws Exception {
        try (var journal = Journal.open(segmentsOf(800), new Sum(3))) {
            for (int i = 0; i < 10; i++) {
                outcome(journal);
            }
        }
        var last = segments(directory).getLast();
        for (int at : new int[] {2, 40, 80}) {
            var bytes = Files.readAllBytes(last);
            bytes[at] ^= 0x40;
            Files.write(last, bytes);
            assertThat(afterKill()).as("byte %d", at).isEqualTo(10);
            bytes[at] ^= 0x40;
            Files.write(last, bytes);
        }
        Files.write(last, java.util.Arrays.copyOf(Files.readAllBytes(last), 60));
        int inLast = 10 - afterKill();
        assertThat(inLast).as("lost are only the outcomes cut off").isBetween(1, 3);
    }

    @Test
    void aCheckpointThatFailsHalfWrittenIsWrittenAgainAndNothingIsDroppedMeanwhile() throws Exception {
        var failures = new AtomicInteger();
        SegmentOutput.Opener opener = path -> new Torn(SegmentOutput.file(path), failures);
        try (var journal = Journal.open(segmentsOf(800), opener, new Sum(3))) {
            for (int i = 1; i <= 20; i++) {
                failures.set(2);
                outcome(journal);
                publish(journal);
                assertThat(afterKill()).isEqualTo(i);
            }
        }
    }

    @Test
    void whileTheNextSegmentCannotBeginTheOldOneStaysThoughAllOfItIsPublished() throws Exception {
        var failures = new AtomicInteger();
        SegmentOutput.Opener opener = path -> new Torn(SegmentOutput.file(path), failures);
        try (var journal = Journal.open(segmentsOf(1), opener, new Sum(3))) {
            outcome(journal);
            failures.set(Integer.MAX_VALUE);
            var second = new CompletableFuture<JournalRefusal>();
            journal.outcome(record("req_second"), second::complete);
            await().until(() -> journal.refusesStarts() == JournalRefusal.DISK);
            publish(journal);
            assertThat(afterKill()).isEqualTo(1);
            failures.set(0);
            assertThat(second.get(10, TimeUnit.SECONDS)).isNull();
            publish(journal);
            assertThat(afterKill()).isEqualTo(2);
        }
    }

    @Test
    void aCheckpointLargerThanASegmentDoesNotRollEveryRecord() throws Exception {
        var large = new Sum(40) {
            @Override
            public List<byte[]> parts() {
                return java.util.Collections.nCopies(40, new byte[50_000]);
            }
        };
        try (var journal = Journal.open(new JournalSettings(directory, 1 << 20, 100_000, false), large)) {
            for (int i = 0; i < 100; i++) {
                outcome(journal);
            }
            assertThat(segments(directory)).hasSize(1);
            assertThat(journal.refusesStarts()).isNull();
        }
    }

    @Test
    void stateThatThrowsCostsNoRecord() throws Exception {
        var broken = new Sum(1) {
            @Override
            public void fold(UsageRecord outcome) {
                throw new IllegalStateException("fold");
            }

            @Override
            public List<byte[]> parts() {
                throw new IllegalStateException("parts");
            }
        };
        try (var journal = Journal.open(segmentsOf(800), broken)) {
            for (int i = 0; i < 5; i++) {
                outcome(journal);
            }
            publish(journal);
        }
        assertThat(afterKill()).isEqualTo(5);
    }

    /** Counts outcomes; its parts are that number over and over. */
    private static class Sum implements Carried {
        final AtomicInteger value = new AtomicInteger();
        private final int parts;

        Sum(int parts) {
            this.parts = parts;
        }

        @Override
        public void restore(List<byte[]> read) {
            assertThat(read).hasSize(parts);
            value.set(ByteBuffer.wrap(read.getLast()).getInt());
        }

        @Override
        public void fold(UsageRecord outcome) {
            value.incrementAndGet();
        }

        @Override
        public List<byte[]> parts() {
            return java.util.Collections.nCopies(
                    parts, ByteBuffer.allocate(30).putInt(value.get()).array());
        }
    }

    /** Fails a number of times in the middle of a write, leaving one half there. */
    private static final class Torn extends DelegatingOutput {
        private final SegmentOutput real;
        private final AtomicInteger failures;

        Torn(SegmentOutput real, AtomicInteger failures) {
            super(real);
            this.real = real;
            this.failures = failures;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (failures.getAndDecrement() > 0) {
                real.write(bytes.slice(0, bytes.remaining() / 2));
                throw new IOException("Input/output error");
            }
            real.write(bytes);
        }

        @Override
        public void truncate(long size) throws IOException {
            if (failures.get() == 1) {
                throw new IOException("Input/output error");
            }
            real.truncate(size);
        }
    }

    /** What a process would find that started from the files as they are now. */
    private int afterKill() throws IOException {
        var snapshot = Files.createDirectory(copies.resolve("copy-" + copy++));
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.copy(file, snapshot.resolve(file.getFileName()));
            }
        }
        var sum = new Sum(3) {
            @Override
            public void restore(List<byte[]> read) {
                value.set(ByteBuffer.wrap(read.getLast()).getInt());
            }
        };
        Journal.open(new JournalSettings(snapshot, 1 << 20, 1 << 20, false), sum)
                .close();
        return sum.value.get();
    }

    private JournalSettings segmentsOf(long bytes) {
        return new JournalSettings(directory, 1 << 20, bytes, false);
    }

    private static List<Path> segments(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("segment-"))
                    .sorted()
                    .toList();
        }
    }

    private void outcome(Journal journal) throws Exception {
        var told = new CompletableFuture<JournalRefusal>();
        journal.outcome(record("req_" + requests++), told::complete);
        assertThat(told.get(10, TimeUnit.SECONDS)).isNull();
    }

    private static void publish(Journal journal) throws IOException {
        while (true) {
            var batch = journal.tail().read(2);
            journal.tail().acknowledge(batch);
            if (batch.outcomes().isEmpty()) {
                journal.tail().persist();
                return;
            }
        }
    }

    private static UsageRecord record(String id) {
        return Records.record(id, Outcome.COMPLETED, BigDecimal.ONE);
    }
}
