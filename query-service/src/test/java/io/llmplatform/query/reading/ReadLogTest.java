package io.llmplatform.query.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.contracts.read.ReadRecord;
import io.llmplatform.query.web.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadLogTest {
    private final List<String> written = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private boolean away;
    private final ReadLog log = new ReadLog(this::write, ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void theSameQuestionIsRecordedOnceAndItsRepetitionsAreToldAfterwards() {
        for (int i = 0; i < 4; i++) {
            log.record(read("usr_1", "a"));
        }
        log.record(read("usr_2", "a"));
        log.tell();
        assertThat(written).containsExactly("usr_1 a", "usr_2 a");
        pass(Duration.ofMinutes(5));
        log.tell();
        log.tell();
        assertThat(written).containsExactly("usr_1 a", "usr_2 a", "usr_1 a again 3");
        log.record(read("usr_1", "a"));
        assertThat(written).hasSize(4).last().isEqualTo("usr_1 a");
    }

    @Test
    void whatIsTooMuchForAMinuteIsToldInSum() {
        for (int i = 0; i < ReadLog.PER_MINUTE + 7; i++) {
            log.record(read("usr_1", "q" + i));
        }
        log.record(read("usr_2", "a"));
        assertThat(written).hasSize(ReadLog.PER_MINUTE + 1).last().isEqualTo("usr_2 a");
        pass(Duration.ofMinutes(1));
        log.tell();
        assertThat(written).last().isEqualTo("usr_1 left out 7");
        log.record(read("usr_1", "more"));
        assertThat(written).last().isEqualTo("usr_1 more");
    }

    @Test
    void whatCannotBeRecordedIsNotAnsweredAndIsAskedForAnew() {
        away = true;
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> log.record(read("usr_1", "a"))).isInstanceOf(RefusedException.class);
        }
        away = false;
        log.record(read("usr_1", "a"));
        assertThat(written).containsExactly("usr_1 a");
    }

    @Test
    void sumsWaitForBetterTimes() {
        log.record(read("usr_1", "a"));
        log.record(read("usr_1", "a"));
        for (int i = 0; i < ReadLog.PER_MINUTE; i++) {
            log.record(read("usr_1", "q" + i));
        }
        pass(Duration.ofMinutes(5));
        away = true;
        log.tell();
        away = false;
        log.tell();
        log.tell();
        assertThat(written.subList(ReadLog.PER_MINUTE, written.size()))
                .containsExactlyInAnyOrder("usr_1 a again 1", "usr_1 left out 1");
    }

    private void write(Read read, long repeats, long leftOut) {
        if (away) {
            throw Recording.refusal();
        }
        var what = leftOut > 0 ? "left out " + leftOut : read.question().get("q");
        written.add(read.userId() + " " + what + (repeats > 0 ? " again " + repeats : ""));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static Read read(String userId, String q) {
        return new Read(
                ReadRecord.Type.AUDIT_READ,
                userId,
                "GET /audit/events",
                Map.of("q", q),
                1L,
                new Read.Origin("req_1", "127.0.0.1", "test"));
    }
}
