package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.contracts.usage.UsageRecord;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files of requests: whole, in order, and recognisably so. */
class UsageExportIT {
    private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-10-05T00:00:00Z");
    private static final List<UsageRecord> RECORDS = new RandomUsage(5, "x_")
            .records(2500, FROM, TO).stream()
                    .map(record -> record.requestId().equals("x_7")
                            ? RandomUsage.billed(record, "=cmd, \"quoted\"\n模型", null, BigDecimal.ONE, "USD")
                            : record)
                    .sorted(Comparator.comparing(UsageRecord::at).thenComparing(UsageRecord::requestId))
                    .toList();
    private static ReadSide readSide;

    @BeforeAll
    static void start() {
        readSide = ReadSide.shared();
        readSide.user("usr_admin", "admin");
        readSide.user("x_usr1", "member");
        readSide.usage(RandomUsage.json(RECORDS));
    }

    @AfterAll
    static void stop() {
        readSide.close();
    }

    @Test
    void jsonLinesAreTheRowsOfTheListAndAnEnd() {
        var answer = readSide.get("/usage/requests/export?format=jsonl", "usr_admin");
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(answer.header("X-Export-Rows")).isEqualTo("2500");
        var lines = answer.body().lines().toList();
        assertThat(lines).hasSize(2501).last().isEqualTo("{\"end\":true,\"rows\":2500}");
        for (int i = 0; i < RECORDS.size(); i++) {
            JsonNode row = io.llmplatform.contracts.json.ContractJson.mapper().readTree(lines.get(i));
            assertThat(row.path("request_id").asString())
                    .isEqualTo(RECORDS.get(i).requestId());
            assertThat(row.path("cost").decimalValue())
                    .isEqualByComparingTo(RECORDS.get(i).cost());
        }
    }

    @Test
    void csvHasEveryColumnInEveryRowAndAnEnd() throws IOException {
        var answer = readSide.get("/usage/requests/export?format=csv", "usr_admin");
        assertThat(answer.header("Content-Disposition")).contains("usage-requests.csv");
        var rows = CSVFormat.RFC4180.parse(new StringReader(answer.body())).getRecords();
        assertThat(rows).hasSize(2502);
        var columns = rows.getFirst().toList();
        assertThat(columns).startsWith("request_id", "at", "user_id").contains("ttft_ms", "cost", "trail");
        assertThat(rows.getLast().toList()).containsExactly("#end", "2500");
        for (int i = 0; i < RECORDS.size(); i++) {
            var row = rows.get(i + 1);
            assertThat(row.size()).isEqualTo(columns.size());
            assertThat(row.get(0)).isEqualTo(RECORDS.get(i).requestId());
            if (row.get(0).equals("x_7")) {
                assertThat(row.get(columns.indexOf("model"))).isEqualTo("'=cmd, \"quoted\"\n模型");
            }
        }
    }

    @Test
    void filtersAndRightsAreThoseOfTheList() {
        var from = Instant.parse("2026-10-02T07:00:00Z");
        var expected = RECORDS.stream()
                .filter(record ->
                        !record.at().isBefore(from) && record.outcome().wire().equals("completed"))
                .toList();
        var answer = readSide.get(
                "/usage/requests/export?format=jsonl&status=200&outcome=completed&from=" + from, "usr_admin");
        assertThat(answer.header("X-Export-Rows")).isEqualTo(Integer.toString(expected.size()));
        assertThat(answer.body().lines().count()).isEqualTo(expected.size() + 1L);
        var own = RECORDS.stream()
                .filter(record -> "x_usr1".equals(record.userId()))
                .count();
        var theirs = readSide.get("/usage/requests/export?format=jsonl", "x_usr1");
        assertThat(theirs.header("X-Export-Rows")).isEqualTo(Long.toString(own));
        assertThat(theirs.body()).doesNotContain("provider_id", "upstream_model");
        assertThat(readSide.get("/usage/requests/export?format=xml", "usr_admin")
                        .status())
                .isEqualTo(400);
        assertThat(readSide.get("/usage/requests/export?user_id=x_usr2", "x_usr1")
                        .status())
                .isEqualTo(403);
        var none = readSide.get("/usage/requests/export?format=jsonl&model=nobody", "usr_admin");
        assertThat(none.body()).isEqualTo("{\"end\":true,\"rows\":0}\n");
    }

    @Test
    void anExportThatBreaksOffEndsTheConnectionAndSaysNoEnd() {
        // What is no amount of money cannot be read, and it comes late.
        var late = RECORDS.get(2300);
        cost(late, "'NaN'");
        try {
            assertThatThrownBy(() -> readSide.get("/usage/requests/export?format=jsonl", "usr_admin"))
                    .hasRootCauseInstanceOf(IOException.class);
            // What breaks before anything was sent is an answer like any other.
            assertThat(readSide.get("/usage/requests/export?format=jsonl&request_id=" + late.requestId(), "usr_admin")
                            .status())
                    .isEqualTo(500);
        } finally {
            cost(late, late.cost().toPlainString());
        }
    }

    private static void cost(UsageRecord record, String amount) {
        readSide.jdbc
                .sql("update readmodel.usage_request set cost = " + amount
                        + " where request_id = readmodel.request_key(?)")
                .params(record.requestId())
                .update();
    }
}
