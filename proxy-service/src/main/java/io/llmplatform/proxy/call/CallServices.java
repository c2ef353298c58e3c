package io.llmplatform.proxy.call;

import io.llmplatform.contracts.id.Ids;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.api.stored.ResponseStore;
import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.cache.ResponseCache;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.journal.JournalLane;
import io.llmplatform.proxy.limit.Limiter;
import io.llmplatform.proxy.route.InFlight;
import io.llmplatform.proxy.route.RetryPolicy;
import io.llmplatform.proxy.route.Router;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import io.llmplatform.proxy.time.TimerWheel;
import io.llmplatform.proxy.upstream.HttpUpstream;
import io.llmplatform.proxy.upstream.Providers;
import io.llmplatform.proxy.upstream.RealtimeUpstream;
import io.llmplatform.proxy.upstream.Upstream;
import io.llmplatform.proxy.usage.TokenCounter;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a call is served with. Everything but {@code timers}, {@code journal}, {@code upstreams}, {@code direct} and {@code realtime} is shared by all event loops.
 *
 * @param direct    for questions that are no calls
 * @param upstreams which upstream speaks to a target; those of one event loop
 */
public record CallServices(
        Vertx vertx,
        TimerWheel timers,
        LiveConfig config,
        Authenticator authenticator,
        Router router,
        RetryPolicy retries,
        InFlight inFlight,
        Limiter limiter,
        ResponseCache cache,
        ResponseStore responses,
        Providers providers,
        Function<Target, Upstream> upstreams,
        HttpUpstream direct,
        RealtimeUpstream realtime,
        JournalLane journal,
        GatewayMeters meters,
        BodyBudget bodies,
        TokenCounter tokens,
        CallSettings settings,
        Ids ids,
        RandomGenerator random,
        Clock clock) {
    CallLedger ledger(Arrival arrival, Caller caller, Operation operation) {
        return new CallLedger(arrival, caller, operation, settings.gateway());
    }
}
