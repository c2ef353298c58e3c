package io.llmplatform.contracts.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.json.ContractJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigRecordTest {
    static Stream<ConfigRecord> records() {
        var now = Instant.parse("2026-11-22T20:00:00.123Z");
        return Stream.of(
                new ConfigRecord.User("usr_1", 1, true, Role.ADMIN),
                new ConfigRecord.ApiKey("key_1", 2, false, "usr_1", "hash", List.of("gpt-4o"), now),
                new ConfigRecord.Provider("prv_1", 3, true, "openai", "openai", "https://api.openai.com/v1", null),
                new ConfigRecord.Model(
                        "mdl_1",
                        4,
                        true,
                        "gpt-4o",
                        List.of(new ModelEvent.Deployment("dep_1", "prv_1", "gpt-4o", 3)),
                        new ModelEvent.Price("USD", new BigDecimal("2.5"), BigDecimal.TEN, null),
                        now),
                new ConfigRecord.SigningKey("kid", 5, "Ed25519", "MCow"));
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
