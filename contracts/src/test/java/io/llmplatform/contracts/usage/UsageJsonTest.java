package io.llmplatform.contracts.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.json.ContractJson;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageJsonTest {
    @Test
    void everyFieldIsThereAsTheContractWritesIt() {
        var full = record("模型 \"x\" \\ \n \u0000 😀", new BigDecimal("0.0000001230"), true);
        assertSame(full);
        var tree = ContractJson.mapper().readTree(UsageJson.of(full));
        assertThat(tree.propertyNames()).hasSize(UsageRecord.class.getRecordComponents().length);
        assertThat(Arrays.stream(UsageRecord.class.getRecordComponents()).map(RecordComponent::getName))
                .hasSize(31);
    }

    @Test
    void whatIsAbsentIsNotWritten() {
        assertSame(record("m", BigDecimal.ZERO, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "1", "12.50", "1E+3", "1E-12", "123456789012345678901234567890.5"})
    void costsKeepTheirValueAndScale(String cost) {
        assertSame(record("m", new BigDecimal(cost), true));
    }

    private static void assertSame(UsageRecord record) {
        var mapper = ContractJson.mapper();
        var written = UsageJson.of(record);
        assertThat(mapper.readTree(written)).isEqualTo(mapper.readTree(mapper.writeValueAsBytes(record)));
        assertThat(mapper.readValue(written, UsageRecord.class)).isEqualTo(record);
        assertThat(new String(written, UTF_8)).doesNotContain("null");
    }

    private static UsageRecord record(String text, BigDecimal cost, boolean whole) {
        return new UsageRecord(
                "req_1",
                Instant.parse("2026-11-23T10:00:00.123456Z"),
                only(whole, "usr_1"),
                only(whole, "team_1"),
                only(whole, "key_1"),
                "chat.completions",
                only(whole, text),
                only(whole, "served"),
                only(whole, "dep_1"),
                only(whole, "prv_1"),
                only(whole, "up"),
                whole,
                Outcome.ABORTED,
                499,
                only(whole, "client_closed_request"),
                1,
                2,
                3,
                Long.MAX_VALUE,
                whole,
                cost,
                "EUR",
                7,
                only(whole, 8L),
                2,
                only(whole, List.of(new UsageRecord.Attempt("dep_0", "status_503", 12))),
                only(whole, true),
                only(whole, Map.of("k\"1", text, "k2", "v2")),
                only(whole, "::1"),
                only(whole, text),
                "gw-1");
    }

    private static <T> @Nullable T only(boolean whole, T value) {
        return whole ? value : null;
    }
}
