package io.llmplatform.proxy.limit;

import io.llmplatform.contracts.policy.Budget;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One demand in the language of the scripts. */
record RedisCharge(Demand demand, List<Subject> subjects, Instant at, SpendLedger ledger, Duration lease) {
    private static final int NUMBERS_A_SUBJECT = 8;

    ScriptCall reserve() {
        var call = new ScriptCall(RedisScript.RESERVE)
                .arg(at.toEpochMilli())
                .arg(demand.requestId())
                .arg(demand.tokens())
                .nanos(demand.cost())
                .arg(lease.toMillis())
                .arg(ledger.identity())
                .arg(subjects.size());
        for (var subject : subjects) {
            var budgets = subject.budgetsIn(demand.currency());
            call.flag(subject.isLimited())
                    .arg(Objects.requireNonNullElse(subject.requestsPerMinute(), ""))
                    .arg(Objects.requireNonNullElse(subject.tokensPerMinute(), ""))
                    .arg(Objects.requireNonNullElse(subject.concurrency(), ""))
                    .arg(budgets.size());
            if (subject.isLimited()) {
                call.key(subject, "requests").key(subject, "tokens").key(subject, "running");
            }
            holdKeys(call, subject, budgets);
            for (var budget : budgets) {
                call.nanos(budget.amount());
                spent(call, subject, budget);
            }
        }
        return call;
    }

    /** @param tokens used in the end */
    ScriptCall settle(long tokens) {
        var call = new ScriptCall(RedisScript.SETTLE)
                .arg(demand.requestId())
                .arg(tokens - demand.tokens())
                .arg(Math.floorDiv(at.toEpochMilli(), 1000L))
                .nanos(demand.cost())
                .arg(ledger.identity())
                .arg(subjects.size());
        for (var subject : subjects) {
            var budgets = subject.budgetsIn(demand.currency());
            call.flag(subject.isLimited()).arg(budgets.size());
            if (subject.isLimited()) {
                call.key(subject, "tokens").key(subject, "running");
            }
            holdKeys(call, subject, budgets);
            budgets.forEach(budget -> spent(call, subject, budget));
        }
        return call;
    }

    private void holdKeys(ScriptCall call, Subject subject, List<Budget> budgets) {
        if (!budgets.isEmpty()) {
            call.key(subject, demand.currency(), "held").key(subject, demand.currency(), "held-sum");
        }
    }

    private void spent(ScriptCall call, Subject subject, Budget budget) {
        var account = new Account(subject.kind(), subject.id(), demand.currency());
        var day = at.atOffset(ZoneOffset.UTC).toLocalDate();
        var period =
                switch (budget.period()) {
                    case DAY -> day.toString();
                    case MONTH -> day.toString().substring(0, 7);
                    case TOTAL -> "total";
                };
        var ttl =
                switch (budget.period()) {
                    case DAY -> Duration.ofDays(2);
                    case MONTH -> Duration.ofDays(33);
                    case TOTAL -> Duration.ofDays(400);
                };
        call.key(subject, demand.currency(), period)
                .nanos(ledger.certain(account, budget.period(), at))
                .arg(ttl.toMillis());
    }

    static boolean isGranted(Response reply) {
        return reply.get(0).toLong() == 1;
    }

    List<Reading> readings(Response reply) {
        var readings = new ArrayList<Reading>(subjects.size());
        for (int i = 0; i < subjects.size(); i++) {
            readings.add(reading(subjects.get(i), reply, 1 + i * NUMBERS_A_SUBJECT));
        }
        return readings;
    }

    private static Reading reading(Subject subject, Response reply, int from) {
        return new Reading(
                subject,
                subject.requestsPerMinute() == null ? null : level(reply, from),
                subject.tokensPerMinute() == null ? null : level(reply, from + 3),
                reply.get(from + 6).toLong(),
                reply.get(from + 7).toLong() == 1);
    }

    private static Window.Level level(Response reply, int from) {
        return new Window.Level(
                reply.get(from).toLong(),
                reply.get(from + 1).toLong(),
                reply.get(from + 2).toLong());
    }
}
