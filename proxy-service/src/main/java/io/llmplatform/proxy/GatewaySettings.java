package io.llmplatform.proxy;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.secret.KeyRing;
import io.llmplatform.contracts.settings.Secrets;
import io.llmplatform.proxy.api.stored.StoreLimits;
import io.llmplatform.proxy.cache.CacheSettings;
import io.llmplatform.proxy.call.CallSettings;
import io.llmplatform.proxy.config.ConfigSettings;
import io.llmplatform.proxy.feed.FeedSettings;
import io.llmplatform.proxy.frontdoor.FrontDoorSettings;
import io.llmplatform.proxy.journal.JournalSettings;
import io.llmplatform.proxy.route.InFlight;
import io.llmplatform.proxy.route.RetryPolicy;
import io.llmplatform.proxy.upstream.UpstreamSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import tools.jackson.core.type.TypeReference;

/**
 * Everything the environment sets, checked at start.
 *
 * @param port        0 = any free one
 * @param consolePort opened only when {@code consoleDirectory} is there
 */
record GatewaySettings(
        String host,
        int port,
        int consolePort,
        @Nullable Path consoleDirectory,
        FrontDoorSettings frontDoor,
        CallSettings call,
        TrafficSettings traffic,
        UpstreamSettings upstream,
        ConfigSettings config,
        JournalSettings journal,
        FeedSettings feed,
        byte[] pepper,
        KeyRing keyEncryptionKeys) {

    static GatewaySettings from(Environment env) {
        boolean demo = "demo".equals(env.getProperty("PLATFORM_MODE", "production"));
        var data = Path.of(env.getProperty("PROXY_DATA_DIR", "./data/proxy"));
        var kafka = env.getProperty("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:19092");
        var console = env.getProperty("CONSOLE_DIR", "");
        return new GatewaySettings(
                env.getProperty("GATEWAY_HOST", demo ? "127.0.0.1" : "0.0.0.0"),
                env.getProperty("GATEWAY_PORT", Integer.class, 8000),
                env.getProperty("CONSOLE_PORT", Integer.class, 3000),
                console.isBlank() ? null : Path.of(console),
                frontDoor(env, demo),
                call(env),
                traffic(env, demo, data),
                new UpstreamSettings(
                        seconds(env, "UPSTREAM_CONNECT_TIMEOUT", 10),
                        seconds(env, "UPSTREAM_FIRST_BYTE_TIMEOUT", 120),
                        seconds(env, "UPSTREAM_IDLE_TIMEOUT", 60)),
                new ConfigSettings(kafka, data.resolve("config-snapshot.jsonl"), seconds(env, "CONFIG_BROKER_WAIT", 5)),
                new JournalSettings(
                        data.resolve("journal"),
                        env.getProperty("JOURNAL_MAX_BYTES", Long.class, JournalSettings.DEFAULT_MAX_BYTES),
                        env.getProperty("JOURNAL_SEGMENT_BYTES", Long.class, JournalSettings.DEFAULT_SEGMENT_BYTES),
                        "always".equals(env.getProperty("JOURNAL_FSYNC", "interval"))),
                new FeedSettings(kafka, env.getProperty("KAFKA_REPLICATION_FACTOR", Short.class, (short) 1)),
                Secrets.keyBytes(secret(env, "API_KEY_PEPPER", demo), "api-key-pepper"),
                KeyRing.from(env::getProperty, demo));
    }

    private static FrontDoorSettings frontDoor(Environment env, boolean demo) {
        var prefix = env.getProperty("API_V1_STR", "/api/v1");
        if (!prefix.matches("(/[A-Za-z0-9._-]+)+") || prefix.startsWith("/api/admin")) {
            throw new IllegalStateException("API_V1_STR: expected a path such as /api/v1, got '" + prefix + "'");
        }
        var version = GatewaySettings.class.getPackage().getImplementationVersion();
        return new FrontDoorSettings(
                demo ? "demo" : "production",
                prefix,
                env.getProperty("PROJECT_NAME", "LLM Platform"),
                version == null ? "dev" : version,
                list(env.getProperty("BACKEND_CORS_ORIGINS", "[\"http://localhost:3000\"]")),
                list(env.getProperty("TRUSTED_PROXIES", "")),
                URI.create(env.getProperty("COMMAND_URL", "http://127.0.0.1:8101")),
                URI.create(env.getProperty("QUERY_URL", "http://127.0.0.1:8102")));
    }

    private static CallSettings call(Environment env) {
        return new CallSettings(
                env.getProperty("MAX_BODY_BYTES", Long.class, CallSettings.DEFAULT_MAX_BODY_BYTES),
                env.getProperty(
                        "MAX_INFLIGHT_BODY_BYTES",
                        Long.class,
                        Runtime.getRuntime().maxMemory() / 4),
                CallSettings.DEFAULT_MAX_RESPONSE_BYTES,
                env.getProperty("MAX_EVENT_BYTES", Integer.class, CallSettings.DEFAULT_MAX_EVENT_BYTES),
                seconds(env, "SSE_KEEP_ALIVE", (int) CallSettings.DEFAULT_KEEP_ALIVE.toSeconds()),
                seconds(env, "CLIENT_STALL_TIMEOUT", 60),
                seconds(env, "REQUEST_TOTAL_TIMEOUT", 1800),
                env.getProperty("RESERVED_COMPLETION_TOKENS", Long.class, CallSettings.DEFAULT_COMPLETION_TOKENS),
                env.getProperty("GATEWAY_INSTANCE", hostName()));
    }

    private static TrafficSettings traffic(Environment env, boolean demo, Path data) {
        var redis = env.getProperty("REDIS_URL", "");
        return new TrafficSettings(
                env.getProperty("MAX_CONCURRENT_REQUESTS", Integer.class, InFlight.DEFAULT_MAX),
                env.getProperty("UPSTREAM_MAX_ATTEMPTS", Integer.class, RetryPolicy.DEFAULT_ATTEMPTS),
                env.getProperty("UPSTREAM_ALLOW_PRIVATE", Boolean.class, demo),
                new CacheSettings(
                        env.getProperty("CACHE_MAX_BYTES", Long.class, CacheSettings.DEFAULT.maxBytes()),
                        CacheSettings.DEFAULT.maxEntryBytes()),
                data.resolve("responses"),
                new StoreLimits(
                        seconds(env, "RESPONSES_MAX_AGE", (int)
                                StoreLimits.DEFAULT.maxAge().toSeconds()),
                        env.getProperty("RESPONSES_MAX_BYTES", Long.class, StoreLimits.DEFAULT.maxBytes()),
                        StoreLimits.DEFAULT.maxResponseBytes()),
                "leave-out".equals(env.getProperty("WEB_SEARCH_TOOL", "refuse")),
                redis.isBlank() ? null : redis);
    }

    /** Seconds, fractions allowed. */
    private static Duration seconds(Environment env, String name, int otherwise) {
        double seconds = env.getProperty(name, Double.class, (double) otherwise);
        if (seconds <= 0 || seconds > 86_400) {
            throw new IllegalStateException(name + ": expected seconds between 0 and 86400, got " + seconds);
        }
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
    }

    /** A JSON list or values separated by commas. */
    static List<String> list(String text) {
        var trimmed = text.strip();
        if (trimmed.startsWith("[")) {
            return List.copyOf(ContractJson.mapper().readValue(trimmed, new TypeReference<List<String>>() {}));
        }
        return Arrays.stream(trimmed.split(",", -1))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static String secret(Environment env, String name, boolean demo) {
        return Secrets.require(name, env.getProperty(name, ""), demo);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "gateway";
        }
    }

    @Override
    public String toString() {
        return "GatewaySettings[port=" + port + "]";
    }
}
