package io.llmplatform.proxy;

import io.llmplatform.contracts.id.Ids;
import io.llmplatform.proxy.api.stored.ResponseStore;
import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.cache.ResponseCache;
import io.llmplatform.proxy.call.BodyBudget;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.frontdoor.AccessLog;
import io.llmplatform.proxy.frontdoor.DocsSite;
import io.llmplatform.proxy.frontdoor.Health;
import io.llmplatform.proxy.journal.Journal;
import io.llmplatform.proxy.limit.Limiter;
import io.llmplatform.proxy.route.DeploymentStates;
import io.llmplatform.proxy.route.InFlight;
import io.llmplatform.proxy.route.RetryPolicy;
import io.llmplatform.proxy.route.Router;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import io.llmplatform.proxy.upstream.AddressGuard;
import io.llmplatform.proxy.upstream.Providers;
import io.llmplatform.proxy.usage.TokenCounter;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** What every event loop shares. */
@Component
record GatewayParts(
        GatewaySettings settings,
        LiveConfig live,
        Authenticator authenticator,
        Router router,
        DeploymentStates states,
        RetryPolicy retries,
        InFlight inFlight,
        Limiter limiter,
        ResponseCache cache,
        ResponseStore responses,
        Providers providers,
        AddressGuard guard,
        Journal journal,
        GatewayMeters meters,
        BodyBudget bodies,
        TokenCounter tokens,
        DocsSite docs,
        Health health,
        AccessLog access,
        Ids ids,
        RandomGenerator random,
        Clock clock) {}
