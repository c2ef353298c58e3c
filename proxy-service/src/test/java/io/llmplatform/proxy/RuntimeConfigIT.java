package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent.Details;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Rates;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prices with a date, and settings that take effect while the gateway runs. */
class RuntimeConfigIT {
    private static final AtomicInteger BARRIERS = new AtomicInteger();
    private static final AtomicInteger VERSIONS = new AtomicInteger();
    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
    }

    @AfterEach
    void asStarted() throws Exception {
        set(Details.NONE);
    }

    private static void set(Details details) throws Exception {
        platform.config.publish(
                new ConfigRecord.Settings(PlatformSettingsEvent.ID, VERSIONS.incrementAndGet(), details));
        barrier();
    }

    private static void barrier() throws Exception {
        platform.serve(new ModelDraft("runtime-barrier-" + BARRIERS.incrementAndGet()).at("p-openai"));
    }

    @Test
    void aRequestCostsWhatTheVersionInForceAtItsArrivalSays() throws Exception {
        platform.serve("dated", (request, response) -> response.end(Canned.whole(Ingress.CHAT.operation)), "p-openai");
        // 100 tokens of prompt of which 40 were cached, 7 of answer
        assertThat(cost("dated")).isEqualByComparingTo("0.00027"); // the price that stands on the model

        var yesterday = Instant.now().minus(Duration.ofDays(1));
        var soon = Instant.now().plusMillis(1500);
        var rates = new Rates(
                "USD", money("1"), money("100"), money("0.5"), null, null, null, null, null, null, money("0.01"));
        var coming = new Rates("EUR", money("2"), money("200"), null, null, null, null, null, null, null, null);
        prices(1, new PriceVersion(1, soon.plus(Duration.ofDays(1)), coming, null));
        assertThat(cost("dated")).as("before the first version").isEqualByComparingTo("0.00027");

        prices(2, new PriceVersion(1, yesterday, rates, null), new PriceVersion(2, soon, coming, null));
        var response = ask("dated");
        var before = platform.usage.of(Platform.requestId(response));
        if (before.at().isBefore(soon)) {
            // 60 × 1 + 40 × 0.5 + 7 × 100 millionths, and 0.01 for the request
            assertThat(before.cost()).isEqualByComparingTo("0.01078");
            assertThat(response.headers().firstValue("x-platform-cost")).contains("0.01078");
        }
        org.awaitility.Awaitility.await().until(() -> Instant.now().isAfter(soon));
        var after = platform.usage.of(Platform.requestId(ask("dated")));
        assertThat(after.cost()).isEqualByComparingTo("0.0016");
        assertThat(after.currency()).isEqualTo("EUR");

        var refused = Platform.post(
                platform.port, "/v1/chat/completions", platform.key, "{\"model\":\"dated\",\"messages\":7}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(platform.usage.of(Platform.requestId(refused)).cost())
                .as("what got no answer costs nothing")
                .isZero();
    }

    private static void prices(long version, PriceVersion... versions) throws Exception {
        platform.config.publish(new ConfigRecord.PriceBook("prc_dated", version, "mdl_dated", List.of(versions)));
        barrier();
    }

    @Test
    void keysWithoutLimitsGetTheDefaultOnesAndLoseThemAgain() throws Exception {
        var plain = platform.config.key(new KeyDraft("key_runtime_plain", "usr_1"));
        var own = platform.config.key(new KeyDraft("key_runtime_own", "usr_1").limits(new Limits(50L, null, null)));
        set(new Details(null, null, null, null, new Limits(2L, null, null), null, null));

        assertThat(List.of(status(plain), status(plain), status(plain))).containsExactly(200, 200, 429);
        assertThat(List.of(status(own), status(own), status(own))).containsOnly(200);

        set(Details.NONE);
        assertThat(status(plain)).isEqualTo(200);
    }

    @Test
    void attemptsAndTheCacheAreSetWhileTheGatewayRuns() throws Exception {
        platform.serve(
                "attempted",
                (request, response) -> response.setStatusCode(503).end("{}"),
                "p-openai",
                "p-compatible",
                "p-azure");
        assertThat(platform.usage.of(Platform.requestId(ask("attempted"))).attempts())
                .isEqualTo(3);
        platform.upstream.script(
                "remembered", (request, response) -> response.end(Canned.whole(Ingress.CHAT.operation)));
        platform.serve(new ModelDraft("remembered").at("p-openai").cached(60));

        set(new Details(null, 1, null, false, null, null, null));
        platform.serve(
                "attempted-once",
                (request, response) -> response.setStatusCode(503).end("{}"),
                "p-openai",
                "p-compatible");
        assertThat(platform.usage.of(Platform.requestId(ask("attempted-once"))).attempts())
                .isEqualTo(1);
        for (int i = 0; i < 2; i++) {
            assertThat(platform.chat("remembered", ",\"temperature\":0")
                            .headers()
                            .firstValue("x-platform-cache"))
                    .isEmpty();
        }
        assertThat(platform.upstream.countOf("remembered")).isEqualTo(2);

        set(Details.NONE);
        platform.chat("remembered", ",\"temperature\":0");
        assertThat(platform.chat("remembered", ",\"temperature\":0").headers().firstValue("x-platform-cache"))
                .contains("hit");
        assertThat(platform.upstream.countOf("remembered")).isEqualTo(3);
    }

    private static BigDecimal cost(String model) throws Exception {
        return platform.usage.of(Platform.requestId(ask(model))).cost();
    }

    private static HttpResponse<String> ask(String model) throws Exception {
        return platform.chat(model, "");
    }

    private static int status(String key) throws Exception {
        return Platform.post(platform.port, "/v1/chat/completions", key, Platform.chatBody("gpt-4o", ""))
                .statusCode();
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }
}
