package io.llmplatform.proxy.limit;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counters that several gateways share. What Redis lets in is counted locally as well, so when Redis is away, or slower
 * than its deadline, the local limiter takes over at once with what this gateway has counted: limits and budgets then
 * hold per gateway. It comes back by itself, with everything spent meanwhile.
 *
 * <p>Spend is shared as one number for each gateway's ledger, which only grows: a Redis that lost its memory gets all of
 * it back as each gateway asks again, and what is known here is always part of the sum. A gateway that died leaves its
 * requests under way counted until their lease ends. The gateways' clocks should agree to the second.
 */
public final class RedisLimiter implements Limiter {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLimiter.class);

    private final LocalLimiter local;
    private final SpendLedger ledger;
    private final InstantSource clock;
    private final RedisSettings settings;
    private final RedisLink link;

    /**
     * @param local    by the same ledger and clock
     * @param listener told on every change, on an event loop: whether counters are shared now
     */
    public RedisLimiter(
            Vertx vertx,
            RedisSettings settings,
            LocalLimiter local,
            SpendLedger ledger,
            InstantSource clock,
            Consumer<Boolean> listener) {
        this.local = local;
        this.ledger = ledger;
        this.clock = clock;
        this.settings = settings;
        this.link = new RedisLink(vertx, settings, listener);
    }

    /** Begins to connect; until it has, limits hold per gateway. */
    public void start() {
        link.start();
    }

    public boolean isShared() {
        return link.isUp();
    }

    public Future<Void> close() {
        return link.close();
    }

    /** Completed on the caller's event loop when there is one. */
    @Override
    public Future<Admission> admit(Demand demand) {
        var subjects = demand.charged();
        if (subjects.isEmpty()) {
            return Future.succeededFuture(LocalLimiter.UNLIMITED);
        }
        if (!link.isUp()) {
            return local.admit(demand);
        }
        var charge = new RedisCharge(demand, subjects, clock.instant(), ledger, settings.lease());
        var caller = Vertx.currentContext();
        var answer = Promise.<Admission>promise();
        link.call(charge.reserve()).onComplete(reply -> {
            if (caller == null) {
                answer.complete(judge(charge, reply));
            } else {
                caller.runOnContext(ignored -> answer.complete(judge(charge, reply)));
            }
        });
        return answer.future();
    }

    private Admission judge(RedisCharge charge, AsyncResult<Response> reply) {
        if (reply.failed()) {
            // Redis may have charged it all the same.
            link.owe(() -> charge.settle(0));
            return local.admit(charge.demand()).result();
        }
        var demand = charge.demand();
        var readings = charge.readings(reply.result());
        var denied = Verdict.denial(demand, readings);
        boolean granted = RedisCharge.isGranted(reply.result());
        if (granted && denied == null) {
            var here = local.charge(demand, charge.subjects(), charge.at());
            var reset = LocalLimiter.untilEmpty(charge.at().toEpochMilli());
            return new Admission.Granted(new Shared(charge, here), Verdict.granted(demand, readings, reset));
        }
        if (denied == null || granted) {
            LOG.error("redis and the gateway judge {} differently, taking the local counters", demand.requestId());
            link.owe(() -> charge.settle(0));
            return local.admit(demand).result();
        }
        return denied;
    }

    private final class Shared implements Reservation {
        private final RedisCharge charge;
        private final Reservation here;
        private final AtomicBoolean settled = new AtomicBoolean();

        Shared(RedisCharge charge, Reservation here) {
            this.charge = charge;
            this.here = here;
        }

        @Override
        public void settle(long tokens, BigDecimal cost) {
            if (settled.compareAndSet(false, true)) {
                here.settle(tokens, cost);
                link.owe(() -> charge.settle(tokens));
            }
        }
    }
}
