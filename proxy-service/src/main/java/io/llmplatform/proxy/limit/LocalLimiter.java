package io.llmplatform.proxy.limit;

import io.llmplatform.contracts.policy.Budget;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counters of this process. One monitor guards them all, held for a few microseconds: a lock a subject would be taken
 * just as often by the same requests (they share models and teams), and could deadlock.
 *
 * <p>Each admission looks after two other subjects and drops those that nothing is counted for any more.
 */
public final class LocalLimiter implements Limiter {
    static final Admission.Granted UNLIMITED = new Admission.Granted((tokens, cost) -> {}, null);
    private static final int LOOK_AFTER = 2;

    private final InstantSource clock;
    private final SpendLedger ledger;

    /** Changed under the monitor only; concurrent for the iterator, which lives from one admission to the next. */
    private final Map<Meter.Key, Meter> meters = new ConcurrentHashMap<>();

    private Iterator<Map.Entry<Meter.Key, Meter>> lookedAfter =
            meters.entrySet().iterator();

    public LocalLimiter(InstantSource clock, SpendLedger ledger) {
        this.clock = clock;
        this.ledger = ledger;
    }

    @Override
    public Future<Admission> admit(Demand demand) {
        return Future.succeededFuture(decide(demand));
    }

    /** Subjects that something is counted for, or was lately. */
    public int size() {
        return meters.size();
    }

    private Admission decide(Demand demand) {
        var subjects = demand.charged();
        if (subjects.isEmpty()) {
            return UNLIMITED;
        }
        var now = clock.instant();
        long millis = now.toEpochMilli();
        synchronized (this) {
            dropIdle(millis);
            var readings = new ArrayList<Reading>(subjects.size());
            for (var subject : subjects) {
                readings.add(read(subject, demand, now));
            }
            var denied = Verdict.denial(demand, readings);
            return denied != null
                    ? denied
                    : new Admission.Granted(
                            count(demand, subjects, now), Verdict.granted(demand, readings, untilEmpty(millis)));
        }
    }

    private Reading read(Subject subject, Demand demand, Instant now) {
        boolean over = isOverBudget(subject, demand, now);
        return subject.isLimited()
                ? meter(subject).read(subject, demand, over, now.toEpochMilli())
                : new Reading(subject, null, null, 0, over);
    }

    private boolean isOverBudget(Subject subject, Demand demand, Instant now) {
        for (Budget budget : subject.budgetsIn(demand.currency())) {
            var account = new Account(subject.kind(), subject.id(), demand.currency());
            var committed = ledger.committed(account, budget.period(), now);
            if (committed.add(demand.cost()).compareTo(budget.amount()) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Charges without asking: for what other counters have let in. */
    synchronized Reservation charge(Demand demand, List<Subject> subjects, Instant now) {
        dropIdle(now.toEpochMilli());
        return count(demand, subjects, now);
    }

    private Reservation count(Demand demand, List<Subject> subjects, Instant now) {
        var charged = new HashMap<Meter, Long>();
        var accounts = new ArrayList<Account>();
        for (var subject : subjects) {
            if (subject.isLimited()) {
                var meter = meter(subject);
                charged.put(meter, meter.charge(subject, demand.tokens(), now.toEpochMilli()));
            }
            if (!subject.budgetsIn(demand.currency()).isEmpty()) {
                accounts.add(new Account(subject.kind(), subject.id(), demand.currency()));
            }
        }
        var hold = accounts.isEmpty() ? null : ledger.hold(demand.requestId(), accounts, demand.cost());
        return new Charge(charged, demand.tokens(), hold);
    }

    /** A window with something in its current second is empty this much later. */
    static Duration untilEmpty(long millis) {
        return Duration.ofMillis((Math.floorDiv(millis, 1000L) + Window.SECONDS) * 1000 - millis);
    }

    private Meter meter(Subject subject) {
        return meters.computeIfAbsent(Meter.Key.of(subject), key -> new Meter());
    }

    private void dropIdle(long millis) {
        for (int i = 0; i < LOOK_AFTER; i++) {
            if (!lookedAfter.hasNext()) {
                lookedAfter = meters.entrySet().iterator();
                return;
            }
            if (lookedAfter.next().getValue().isIdle(millis)) {
                lookedAfter.remove();
            }
        }
    }

    private final class Charge implements Reservation {
        private final Map<Meter, Long> seconds;
        private final long reserved;
        private final @Nullable Hold hold;
        private boolean settled;

        Charge(Map<Meter, Long> seconds, long reserved, @Nullable Hold hold) {
            this.seconds = seconds;
            this.reserved = reserved;
            this.hold = hold;
        }

        @Override
        public void settle(long tokens, BigDecimal cost) {
            long millis = clock.millis();
            synchronized (LocalLimiter.this) {
                if (settled) {
                    return;
                }
                settled = true;
                seconds.forEach((meter, second) -> meter.settle(millis, second, tokens - reserved));
            }
            if (hold != null) {
                ledger.settle(hold, cost);
            }
        }
    }
}
