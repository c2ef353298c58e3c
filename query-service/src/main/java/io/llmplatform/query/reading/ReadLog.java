package io.llmplatform.query.reading;

import io.llmplatform.contracts.read.ReadRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Which reads are recorded each, and which are told in sum, so that a console that asks the same again and again, or a script,
 * cannot fill the log: the same question of the same person once in five minutes, with the number of times it came again told
 * afterwards; of one person at most {@value #PER_MINUTE} a minute, with the number of the others told afterwards. Those numbers
 * are lost when this process dies before it told them.
 */
@Component
class ReadLog {
    static final int PER_MINUTE = 120;

    private static final Logger LOG = LoggerFactory.getLogger(ReadLog.class);
    private static final Duration SAME = Duration.ofMinutes(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int QUESTIONS = 20_000;

    private final Writer writer;
    private final Clock clock;
    private final Map<Object, Repeated> asked = new HashMap<>();
    private final Map<String, Minute> minutes = new HashMap<>();

    ReadLog(Writer writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** @throws io.llmplatform.query.web.RefusedException 503 when it cannot be recorded now */
    void record(Read read) {
        var decision = decide(read);
        if (decision.write) {
            write(read, decision.question);
        } else if (decision.question != null) {
            // It is only safe to say nothing when the first of them was said.
            decision.question.join();
        }
    }

    private void write(Read read, @Nullable Recording question) {
        try {
            writer.write(read, 0, 0);
            if (question != null) {
                question.succeeded();
            }
        } catch (RuntimeException e) {
            forget(read, question);
            throw e;
        }
    }

    private synchronized Decision decide(Read read) {
        var now = clock.instant();
        var before = asked.get(read.sameness());
        if (before != null && now.isBefore(before.since.plus(SAME))) {
            before.times++;
            return new Decision(false, before.recording);
        }
        var minute = minutes.get(read.userId());
        if (minute == null || (!now.isBefore(minute.since.plus(MINUTE)) && minute.leftOut == 0)) {
            minute = new Minute(read, now);
            minutes.put(read.userId(), minute);
        }
        if (minute.written >= PER_MINUTE) {
            minute.leftOut++;
            return new Decision(false, null);
        }
        minute.written++;
        if (asked.size() >= QUESTIONS || (before != null && before.times > 0)) {
            return new Decision(true, null);
        }
        var repeated = new Repeated(read, now);
        asked.put(read.sameness(), repeated);
        return new Decision(true, repeated.recording);
    }

    private void forget(Read read, @Nullable Recording question) {
        synchronized (this) {
            asked.remove(read.sameness());
        }
        if (question != null) {
            question.failed();
        }
    }

    /** Tells in sum what was not recorded. Called from time to time; what cannot be told now is told later. */
    void tell() {
        for (var due : due()) {
            try {
                writer.write(due.read, due.repeats, due.leftOut);
            } catch (RuntimeException e) {
                LOG.warn("reads in sum are not recorded yet: {}", e.getMessage());
                giveBack(due);
            }
        }
    }

    private synchronized List<Due> due() {
        var now = clock.instant();
        var due = new ArrayList<Due>();
        for (var all = asked.values().iterator(); all.hasNext(); ) {
            var each = all.next();
            if (!now.isBefore(each.since.plus(SAME))) {
                all.remove();
                if (each.times > 0) {
                    due.add(new Due(each.read, each.times, 0));
                }
            }
        }
        for (Iterator<Minute> all = minutes.values().iterator(); all.hasNext(); ) {
            var each = all.next();
            if (!now.isBefore(each.since.plus(MINUTE))) {
                all.remove();
                if (each.leftOut > 0) {
                    due.add(new Due(leftOut(each.read), 0, each.leftOut));
                }
            }
        }
        return due;
    }

    private synchronized void giveBack(Due due) {
        var since = clock.instant().minus(SAME);
        if (due.repeats > 0) {
            var again = new Repeated(due.read, since);
            again.times = due.repeats;
            asked.putIfAbsent(List.of(due, since), again);
        } else {
            var again = new Minute(due.read, since);
            again.leftOut = due.leftOut;
            minutes.putIfAbsent(due.read.userId() + " " + since, again);
        }
    }

    private static Read leftOut(Read read) {
        return new Read(ReadRecord.Type.READS_LEFT_OUT, read.userId(), "GET", Map.of(), null, read.origin());
    }

    /** Where records go. */
    @FunctionalInterface
    interface Writer {
        /**
         * Returns when the record is safe.
         *
         * @param repeats how often it was asked again, when it is that which is told; else 0
         * @param leftOut how many were not recorded, likewise
         * @throws io.llmplatform.query.web.RefusedException 503 when that cannot be had now
         */
        void write(Read read, long repeats, long leftOut);
    }

    /** @param question that is asked; null when nobody waits for it */
    private record Decision(boolean write, @Nullable Recording question) {}

    private record Due(Read read, long repeats, long leftOut) {}

    private static final class Repeated {
        final Read read;
        final Instant since;
        final Recording recording = new Recording();
        long times;

        Repeated(Read read, Instant since) {
            this.read = read;
            this.since = since;
        }
    }

    private static final class Minute {
        final Read read;
        final Instant since;
        int written;
        long leftOut;

        Minute(Read read, Instant since) {
            this.read = read;
            this.since = since;
        }
    }
}
