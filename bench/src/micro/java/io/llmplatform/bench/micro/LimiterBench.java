package io.llmplatform.bench.micro;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.proxy.limit.Admission;
import io.llmplatform.proxy.limit.Demand;
import io.llmplatform.proxy.limit.LocalLimiter;
import io.llmplatform.proxy.limit.SpendLedger;
import io.llmplatform.proxy.limit.Subject;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Lets a request of a limited key and user in, settles it, and folds its outcome as the journal would. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimiterBench {
    private static final Limits PLENTY = new Limits(1_000_000_000L, 1_000_000_000L, 10_000);
    private static final List<Budget> BUDGETS =
            List.of(new Budget(Budget.Period.DAY, BigDecimal.valueOf(1_000_000_000), "USD"));
    private static final String REQUEST = "req_01k9benchbenchbenchbenchbe";

    private final SpendLedger ledger = new SpendLedger("bench", SpendLedger.DEFAULT_MAX_ACCOUNTS);
    private final LocalLimiter limiter = new LocalLimiter(InstantSource.system(), ledger);
    private final Demand demand = new Demand(
            REQUEST,
            List.of(
                    new Subject(Subject.Kind.KEY, "key_01k9bench", PLENTY, BUDGETS),
                    new Subject(Subject.Kind.USER, "user_01k9bench", PLENTY, BUDGETS),
                    new Subject(Subject.Kind.MODEL, "model_01k9bench", null, null)),
            200,
            256,
            new BigDecimal("0.003"),
            "USD");
    private final BigDecimal cost = new BigDecimal("0.0009");

    @Benchmark
    public Admission admitSettleAndFold() {
        var admission = limiter.admit(demand).result();
        if (!(admission instanceof Admission.Granted granted)) {
            throw new IllegalStateException("expected to be let in, got " + admission);
        }
        granted.reservation().settle(240, cost);
        ledger.fold(Records.completed(REQUEST));
        return admission;
    }
}
