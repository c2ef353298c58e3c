package io.llmplatform.proxy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.llmplatform.contracts.id.Ids;
import io.llmplatform.proxy.api.completions.CompletionsToChat;
import io.llmplatform.proxy.api.messages.MessagesToChat;
import io.llmplatform.proxy.api.responses.HostedTools;
import io.llmplatform.proxy.api.responses.ResponsesToChat;
import io.llmplatform.proxy.api.stored.ResponseStore;
import io.llmplatform.proxy.cache.RedisCacheTier;
import io.llmplatform.proxy.cache.ResponseCache;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.limit.Limiter;
import io.llmplatform.proxy.limit.LocalLimiter;
import io.llmplatform.proxy.limit.RedisLimiter;
import io.llmplatform.proxy.limit.RedisSettings;
import io.llmplatform.proxy.limit.SpendLedger;
import io.llmplatform.proxy.route.BreakerSettings;
import io.llmplatform.proxy.route.DeploymentStates;
import io.llmplatform.proxy.route.DeploymentStatus;
import io.llmplatform.proxy.route.InFlight;
import io.llmplatform.proxy.route.MonotonicClock;
import io.llmplatform.proxy.route.RetryPolicy;
import io.llmplatform.proxy.route.Router;
import io.llmplatform.proxy.telemetry.GatewayMeters;
import io.llmplatform.proxy.upstream.AddressGuard;
import io.llmplatform.proxy.upstream.Providers;
import io.llmplatform.proxy.upstream.anthropic.AnthropicProvider;
import io.llmplatform.proxy.upstream.azure.AzureProvider;
import io.llmplatform.proxy.upstream.compatible.CompatibleProvider;
import io.llmplatform.proxy.upstream.deepseek.DeepSeekProvider;
import io.llmplatform.proxy.upstream.gemini.GeminiProvider;
import io.llmplatform.proxy.upstream.mock.MockProvider;
import io.llmplatform.proxy.upstream.openai.OpenAiProvider;
import io.llmplatform.proxy.usage.TokenCounter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Builds what decides whether and where a request goes. */
@Configuration(proxyBeanMethods = false)
class TrafficWiring {
    private static final Logger LOG = LoggerFactory.getLogger(TrafficWiring.class);

    /** Ended by {@link Gateway}, behind the doors. */
    @Bean(destroyMethod = "")
    Vertx vertx() {
        return Vertx.vertx(new VertxOptions()
                // epoll where it is there (Linux), the JDK's selector elsewhere
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Gateway.cores())
                .setWorkerPoolSize(4)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    @Bean
    Providers providers(GatewaySettings settings) {
        var hosted = settings.traffic().leaveOutWebSearch() ? HostedTools.WEB_SEARCH_LEFT_OUT : HostedTools.REFUSED;
        return new Providers(
                Map.of(
                        "openai", new OpenAiProvider(),
                        "deepseek", new DeepSeekProvider(),
                        "anthropic", new AnthropicProvider(),
                        "gemini", new GeminiProvider(),
                        "azure-openai", new AzureProvider(),
                        "openai-compatible", new CompatibleProvider(),
                        "mock", new MockProvider()),
                List.of(new ResponsesToChat(hosted), new MessagesToChat(), new CompletionsToChat()));
    }

    @Bean
    AddressGuard addressGuard(GatewaySettings settings) {
        return new AddressGuard(settings.traffic().allowPrivate());
    }

    @Bean
    DeploymentStates deploymentStates(Clock clock, RandomGenerator random, GatewayMeters meters) {
        var states = new DeploymentStates(BreakerSettings.DEFAULT, new MonotonicClock(clock), random);
        meters.gauges("gateway.deployment.active", "deployment", () -> each(states, status -> status.inFlight()));
        // 0 closed, 1 open, 2 half open, 3 cooling down.
        meters.gauges(
                "gateway.deployment.state",
                "deployment",
                () -> each(states, status -> status.state().ordinal()));
        return states;
    }

    private static Map<String, Double> each(DeploymentStates states, ToDoubleFunction<DeploymentStatus> value) {
        return states.all().stream().collect(Collectors.toMap(DeploymentStatus::deploymentId, value::applyAsDouble));
    }

    @Bean
    InFlight inFlight(GatewaySettings settings, LiveConfig live, GatewayMeters meters) {
        int started = settings.traffic().maxConcurrent();
        var inFlight = new InFlight(() -> or(live.current().settings().maxConcurrentRequests(), started));
        meters.gauge("gateway.requests.active", inFlight, InFlight::current);
        return inFlight;
    }

    @Bean
    RetryPolicy retryPolicy(GatewaySettings settings, LiveConfig live, RandomGenerator random) {
        int started = settings.traffic().maxAttempts();
        return new RetryPolicy(() -> or(live.current().settings().maxAttempts(), started), random);
    }

    /** What administrators have set wins over what the gateway was started with. */
    private static int or(@Nullable Integer set, int started) {
        return set == null ? started : set;
    }

    @Bean
    LocalLimiter localLimiter(Clock clock, SpendLedger ledger, GatewayMeters meters) {
        meters.gauge("gateway.budget.accounts", ledger, SpendLedger::size);
        return new LocalLimiter(clock, ledger);
    }

    /** With Redis the counters are shared; its lease outlives every request. */
    @Bean(destroyMethod = "")
    @Primary
    Limiter limiter(
            Vertx vertx,
            GatewaySettings settings,
            LocalLimiter local,
            SpendLedger ledger,
            Clock clock,
            GatewayMeters meters) {
        var redis = settings.traffic().redisUrl();
        if (redis == null) {
            return local;
        }
        var deadline = RedisSettings.at(redis).deadline();
        var lease = settings.call().total().plusMinutes(1);
        var limiter = new RedisLimiter(
                vertx,
                new RedisSettings(redis, deadline, lease),
                local,
                ledger,
                clock,
                shared -> LOG.warn(
                        "limits are counted {}", shared ? "with the other gateways" : "by this gateway alone"));
        limiter.start();
        meters.gauge("gateway.limits.shared", limiter, shared -> shared.isShared() ? 1 : 0);
        return limiter;
    }

    @Bean
    Router router(DeploymentStates states, LocalLimiter limiter, Ids ids, RandomGenerator random) {
        return new Router(states, new DeploymentGate(limiter, ids), random);
    }

    @Bean
    ResponseCache responseCache(Vertx vertx, GatewaySettings settings, Clock clock, GatewayMeters meters) {
        var redis = settings.traffic().redisUrl();
        var tier = redis == null ? null : RedisCacheTier.of(vertx, redis, clock, System::nanoTime);
        var cache = new ResponseCache(settings.traffic().cache(), clock, Ticker.systemTicker(), tier);
        meters.gauge("gateway.cache.bytes", cache, ResponseCache::bytes);
        meters.gauge("gateway.cache.entries", cache, ResponseCache::entries);
        meters.counter("gateway.cache.hits", cache, ResponseCache::hits);
        meters.counter("gateway.cache.misses", cache, ResponseCache::misses);
        return cache;
    }

    @Bean
    ResponseStore responseStore(Vertx vertx, GatewaySettings settings, Clock clock, GatewayMeters meters)
            throws TimeoutException {
        var traffic = settings.traffic();
        var store = ResponseStore.open(vertx, traffic.responses(), traffic.responseLimits(), clock)
                .await(30, TimeUnit.SECONDS);
        meters.gauge("gateway.responses.stored", store, ResponseStore::size);
        meters.gauge("gateway.responses.bytes", store, ResponseStore::bytes);
        return store;
    }

    @Bean
    TokenCounter tokenCounter() {
        return new TokenCounter();
    }
}
