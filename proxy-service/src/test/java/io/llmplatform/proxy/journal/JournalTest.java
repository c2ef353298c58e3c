package io.llmplatform.proxy.journal;

import static io.llmplatform.proxy.journal.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final String OK = "written";

    @TempDir
    Path directory;

    @Test
    void outcomesAreReadInOrderAndOnlyThey() throws Exception {
        try (var journal = Journal.open(settings())) {
            assertThat(start(journal, "req_1")).isEqualTo(OK);
            assertThat(outcome(journal, "req_1", Outcome.COMPLETED)).isEqualTo(OK);
            assertThat(outcome(journal, "req_2", Outcome.REJECTED)).isEqualTo(OK);
            assertThat(journal.depth()).isEqualTo(2);
            assertThat(published(journal)).containsExactly("req_1 completed", "req_2 rejected");
            assertThat(journal.depth()).isZero();
        }
    }

    @Test
    void whatWasNotAcknowledgedIsReadAgainAfterARestart() throws Exception {
        try (var journal = Journal.open(settings())) {
            outcome(journal, "req_1", Outcome.COMPLETED);
            journal.tail().acknowledge(journal.tail().read(10));
            journal.tail().persist();
            outcome(journal, "req_2", Outcome.COMPLETED);
            assertThat(journal.tail().read(10).outcomes()).hasSize(1);
        }
        try (var journal = Journal.open(settings())) {
            assertThat(journal.depth()).isEqualTo(1);
            assertThat(published(journal)).containsExactly("req_2 completed");
        }
    }

    @Test
    void aStartWithoutOutcomeBecomesUnknownExactlyOnce() throws Exception {
        try (var journal = Journal.open(settings())) {
            start(journal, "req_lost");
            start(journal, "req_done");
            outcome(journal, "req_done", Outcome.COMPLETED);
        }
        try (var journal = Journal.open(settings())) {
            await().until(() -> journal.depth() == 2);
        }
        try (var journal = Journal.open(settings())) {
            assertThat(published(journal)).containsExactly("req_done completed", "req_lost unknown");
        }
    }

    @Test
    void aTornTailCostsOnlyItself() throws Exception {
        try (var journal = Journal.open(settings())) {
            outcome(journal, "req_1", Outcome.COMPLETED);
            outcome(journal, "req_2", Outcome.COMPLETED);
        }
        var segment = segments().getFirst();
        var bytes = Files.readAllBytes(segment);
        Files.write(segment, java.util.Arrays.copyOf(bytes, bytes.length - 7));
        try (var journal = Journal.open(settings())) {
            outcome(journal, "req_3", Outcome.COMPLETED);
            assertThat(published(journal)).containsExactly("req_1 completed", "req_3 completed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 30})
    void aFlippedByteCostsOnlyItsRecord(int at) throws Exception {
        try (var journal = Journal.open(settings())) {
            outcome(journal, "req_1", Outcome.COMPLETED);
            outcome(journal, "req_2", Outcome.COMPLETED);
            outcome(journal, "req_3", Outcome.COMPLETED);
        }
        var segment = segments().getFirst();
        var bytes = Files.readAllBytes(segment);
        int second = Frames.HEADER + ByteBuffer.wrap(bytes).getInt(0);
        bytes[second + at] ^= 0x40;
        Files.write(segment, bytes);
        try (var journal = Journal.open(settings())) {
            assertThat(published(journal)).containsExactly("req_1 completed", "req_3 completed");
        }
    }

    @Test
    void segmentsAreDroppedOnceAcknowledgedButNotWhileARequestOfTheirsRuns() throws Exception {
        try (var journal = Journal.open(new JournalSettings(directory, 1 << 20, 1, false))) {
            outcome(journal, "req_0", Outcome.COMPLETED);
            start(journal, "req_slow");
            outcome(journal, "req_1", Outcome.COMPLETED);
            outcome(journal, "req_2", Outcome.COMPLETED);
            assertThat(segments()).hasSize(4);
            published(journal);
            assertThat(segments()).hasSize(3);

            outcome(journal, "req_slow", Outcome.ABORTED);
            published(journal);
            assertThat(segments()).hasSize(1);
            assertThat(journal.bytes()).isEqualTo(Files.size(segments().getFirst()));
        }
    }

    @Test
    void aFullJournalRefusesStartsButTakesOutcomesAndRecovers() throws Exception {
        try (var journal = Journal.open(new JournalSettings(directory, 1200, 200, false))) {
            start(journal, "req_in");
            while (journal.refusesStarts() == null) {
                outcome(journal, "req_fill", Outcome.COMPLETED);
            }
            assertThat(start(journal, "req_late")).isEqualTo("FULL");
            assertThat(outcome(journal, "req_in", Outcome.COMPLETED)).isEqualTo(OK);
            published(journal);
            assertThat(start(journal, "req_later")).isEqualTo(OK);
        }
    }

    @Test
    void aDiskThatRefusesCostsNoOutcomeAndComesBackByItself() throws Exception {
        var broken = new AtomicBoolean();
        try (var journal = Journal.open(settings(), path -> failing(SegmentOutput.file(path), broken))) {
            start(journal, "req_running");
            broken.set(true);
            assertThat(start(journal, "req_refused")).isEqualTo("DISK");
            var waiting = new CompletableFuture<String>();
            journal.outcome(record("req_running", Outcome.COMPLETED), refusal -> waiting.complete(told(refusal)));
            assertThat(start(journal, "req_refused_too")).isEqualTo("DISK");
            assertThat(waiting).isNotDone();

            broken.set(false);
            assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo(OK);
            await().until(() -> journal.refusesStarts() == null);
            assertThat(published(journal)).containsExactly("req_running completed");
        }
    }

    @Test
    void aFullDiskIsNotFilledWithSegmentsEither() throws Exception {
        var broken = new AtomicBoolean(true);
        var tries = new AtomicInteger();
        SegmentOutput.Opener opener = path -> new DelegatingOutput(failing(SegmentOutput.file(path), broken)) {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                tries.incrementAndGet();
                super.write(bytes);
            }

            @Override
            public void truncate(long size) throws IOException {
                if (tries.get() % 2 == 0) {
                    throw new IOException("Input/output error");
                }
                super.truncate(size);
            }
        };
        try (var journal = Journal.open(settings(), opener)) {
            assertThat(start(journal, "req_refused")).isEqualTo("DISK");
            await().until(() -> tries.get() > 6);
            assertThat(segments()).hasSize(1);
            broken.set(false);
            await().until(() -> journal.refusesStarts() == null);
            outcome(journal, "req_1", Outcome.COMPLETED);
            assertThat(published(journal)).containsExactly("req_1 completed");
        }
    }

    @Test
    void whatAListenerThrowsDoesNotEndTheWriter() throws Exception {
        try (var journal = Journal.open(settings())) {
            journal.outcome(record("req_1", Outcome.COMPLETED), refusal -> {
                throw new RejectedExecutionException("event loop is gone");
            });
            assertThat(outcome(journal, "req_2", Outcome.COMPLETED)).isEqualTo(OK);
            assertThat(published(journal)).containsExactly("req_1 completed", "req_2 completed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 1 << 20})
    void aJournalFullOfWhatIsPublishedMakesRoom(int segmentBytes) throws Exception {
        try (var journal = Journal.open(new JournalSettings(directory, 1200, segmentBytes, false))) {
            start(journal, "req_in");
            while (journal.refusesStarts() == null) {
                outcome(journal, "req_fill", Outcome.COMPLETED);
            }
            published(journal);
            outcome(journal, "req_in", Outcome.COMPLETED);
            await().untilAsserted(() -> {
                published(journal);
                assertThat(start(journal, "req_later")).isEqualTo(OK);
            });
        }
    }

    @Test
    void anIdleJournalNoticesThatTheDiskIsBack() throws Exception {
        var broken = new AtomicBoolean(true);
        try (var journal = Journal.open(settings(), path -> failing(SegmentOutput.file(path), broken))) {
            assertThat(start(journal, "req_refused")).isEqualTo("DISK");
            broken.set(false);
            await().until(() -> journal.refusesStarts() == null);
        }
    }

    @Test
    void twoProcessesNeverShareAJournal() throws Exception {
        try (var journal = Journal.open(settings())) {
            assertThatThrownBy(() -> Journal.open(settings()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another process");
            assertThat(journal.refusesStarts()).isNull();
        }
        Journal.open(settings()).close();
    }

    @Test
    void fsyncAlwaysAcknowledgesAfterTheSync() throws Exception {
        var forced = new AtomicBoolean();
        SegmentOutput.Opener opener = path -> {
            var real = SegmentOutput.file(path);
            return new DelegatingOutput(real) {
                @Override
                public void force() throws IOException {
                    forced.set(true);
                    real.force();
                }
            };
        };
        try (var journal = Journal.open(new JournalSettings(directory, 1 << 20, 1 << 20, true), opener)) {
            assertThat(outcome(journal, "req_1", Outcome.COMPLETED)).isEqualTo(OK);
            assertThat(forced).isTrue();
        }
        var always = new AtomicBoolean();
        var settings = new JournalSettings(directory.resolve("set"), 1 << 20, 1 << 20, always::get);
        try (var journal = Journal.open(settings, opener)) {
            assertThat(outcome(journal, "req_1", Outcome.COMPLETED)).isEqualTo(OK);
            always.set(true);
            forced.set(false);
            assertThat(outcome(journal, "req_2", Outcome.COMPLETED)).isEqualTo(OK);
            assertThat(forced).as("from the next record on").isTrue();
        }
    }

    @Test
    void aLostProgressFileCostsDuplicatesNotRecords() throws Exception {
        try (var journal = Journal.open(settings())) {
            outcome(journal, "req_1", Outcome.COMPLETED);
            published(journal);
        }
        Files.writeString(directory.resolve("progress"), "garbage", StandardOpenOption.CREATE);
        try (var journal = Journal.open(settings())) {
            assertThat(published(journal)).containsExactly("req_1 completed");
        }
    }

    private JournalSettings settings() {
        return new JournalSettings(directory, 1 << 20, 1 << 20, false);
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("segment-"))
                    .sorted()
                    .toList();
        }
    }

    private static String start(Journal journal, String id) throws Exception {
        var told = new CompletableFuture<String>();
        journal.start(record(id, Outcome.UNKNOWN), refusal -> told.complete(told(refusal)));
        return told.get(10, TimeUnit.SECONDS);
    }

    private static String outcome(Journal journal, String id, Outcome outcome) throws Exception {
        var told = new CompletableFuture<String>();
        journal.outcome(record(id, outcome), refusal -> told.complete(told(refusal)));
        return told.get(10, TimeUnit.SECONDS);
    }

    private static String told(JournalRefusal refusal) {
        return refusal == null ? OK : refusal.name();
    }

    private static List<String> published(Journal journal) throws IOException {
        var all = new ArrayList<String>();
        while (true) {
            var batch = journal.tail().read(2);
            journal.tail().acknowledge(batch);
            if (batch.outcomes().isEmpty()) {
                journal.tail().persist();
                return all;
            }
            batch.outcomes().stream()
                    .map(entry -> ContractJson.mapper().readValue(entry.json(), UsageRecord.class))
                    .forEach(record ->
                            all.add(record.requestId() + " " + record.outcome().wire()));
        }
    }

    private static SegmentOutput failing(SegmentOutput real, AtomicBoolean broken) {
        return new DelegatingOutput(real) {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                if (broken.get()) {
                    var half = bytes.slice(0, bytes.remaining() / 2);
                    real.write(half);
                    throw new IOException("No space left on device");
                }
                real.write(bytes);
            }
        };
    }
}
