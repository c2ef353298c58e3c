package io.llmplatform.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.event.PlatformSettingsEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.CacheRule;
import io.llmplatform.contracts.policy.Condition;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.Routing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigRecordTest {
    static Stream<ConfigRecord> records() {
        var now = Instant.parse("2026-11-22T20:00:00.123Z");
        var limits = new Limits(100L, 20_000L, 5);
        var budgets = List.of(new Budget(Budget.Period.MONTH, new BigDecimal("12.5"), "USD"));
        var price = new ModelEvent.Price("USD", new BigDecimal("2.5"), BigDecimal.TEN, null);
        var when = new Condition(List.of("chat.completions"), true, null, 4000L, Map.of("tier", "gold"));
        return Stream.of(
                new ConfigRecord.User("usr_1", 1, true, Role.ADMIN, "team_1", limits, budgets, "c2VhbA=="),
                new ConfigRecord.Team("team_1", 6, true, limits, budgets),
                new ConfigRecord.ApiKey(
                        "key_1",
                        2,
                        false,
                        "usr_1",
                        null,
                        "hash",
                        "hash before",
                        now,
                        List.of("gpt-4o"),
                        now,
                        List.of("embeddings"),
                        List.of("10.0.0.0/8"),
                        limits,
                        budgets,
                        true,
                        Map.of("project", "x")),
                new ConfigRecord.Provider("prv_1", 3, true, "openai", "openai", "https://api.openai.com/v1", null),
                new ConfigRecord.Model(
                        "mdl_1",
                        4,
                        true,
                        "gpt-4o",
                        List.of(new ModelEvent.Deployment("dep_1", "prv_1", "gpt-4o", 3, 1, when, limits, price)),
                        price,
                        new Routing(Routing.Strategy.ROUND_ROBIN, List.of("gpt-4o-mini"), "header:x-session"),
                        limits,
                        new CacheRule(60),
                        new ModelEvent.Catalog("Fast", 1000L, 100L, List.of("text"), List.of("text"), List.of("tools")),
                        now),
                new ConfigRecord.PriceBook("prc_1", 7, "mdl_1", List.of(new PriceVersion(2, now, price.toRates(), 1))),
                new ConfigRecord.Settings(
                        "set_platform", 8, new PlatformSettingsEvent.Details(100, 2, 512L, false, limits)),
                new ConfigRecord.SigningKey("kid", 5, "Ed25519", "MCow", null),
                new ConfigRecord.SigningKey("kid", 6, "Ed25519", "MCow", true),
                new ConfigRecord.ClosedSession("ses_1", 7, now));
    }

    @ParameterizedTest
    @MethodSource("records")
    void survivesJsonByItsKind(ConfigRecord record) {
        var json = ContractJson.mapper().writeValueAsString(record);

        assertThat(json)
                .startsWith(
                        "{\"kind\":\"" + record.key().substring(0, record.key().indexOf('/')) + "\"");
        assertThat(ContractJson.mapper().readValue(json, ConfigRecord.class)).isEqualTo(record);
    }
}
