package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SystemLogIT {
    private static final int LINES = 12;

    private static ReadSide readSide;

    @BeforeAll
    static void start() {
        readSide = ReadSide.shared();
        readSide.user("usr_logs", "auditor");
        for (int i = 0; i < LINES; i++) {
            var level = i % 4 == 0 ? "error" : i % 4 == 1 ? "warn" : "info";
            var service = i < 6 ? "proxy-service" : "projections";
            var message = "line %02d of the 网关 journal".formatted(i);
            // Two lines share a microsecond.
            readSide.logLine("log_%02d".formatted(i), """
                    {"id":"log_%02d","at":"2026-11-20T10:00:%02d.000Z","micros":%d,"service":"%s","instance":"h:1","level":"%s",
                     "logger":"%s","message":"%s","request_id":"req_%d","all":["%s"]%s}""".formatted(
                            i,
                            i / 2,
                            1_763_632_800_000_000L + i / 2 * 1_000_000,
                            service,
                            level,
                            i == 7 ? "access" : "io.x.Journal",
                            message,
                            i % 3,
                            message,
                            i == 7
                                    ? ",\"access\":{\"method\":\"GET\",\"path\":\"/x\",\"status\":404,\"ms\":2,\"bytes_in\":0,\"bytes_out\":1}"
                                    : ""));
        }
    }

    @AfterAll
    static void stop() {
        readSide.close();
    }

    @Test
    void pagesHoldEveryLineOnceNewestFirst() {
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = readSide.get("/system/logs?limit=5" + cursor, "usr_logs").json();
            page.path("data").forEach(line -> seen.add(line.path("id").asString()));
            cursor = page.hasNonNull("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        assertThat(seen)
                .hasSize(LINES)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void filtersNarrow() {
        assertThat(ids("level=error")).containsExactly("log_08", "log_04", "log_00");
        assertThat(ids("level=warn&service=projections")).containsExactly("log_09", "log_08");
        assertThat(ids("q=%E7%BD%91%E5%85%B3+09")).containsExactly("log_09");
        assertThat(ids("request_id=req_1&level=warn")).containsExactly("log_04", "log_01");
        assertThat(ids("from=2026-11-20T10:00:05Z")).containsExactly("log_11", "log_10");
        assertThat(ids("q=nothing-of-the-kind")).isEmpty();
        var access =
                readSide.get("/system/logs?logger=access", "usr_logs").json().at("/data/0");
        assertThat(access.at("/access/status").asInt()).isEqualTo(404);
        assertThat(access.propertyNames()).doesNotContain("all", "micros", "fingerprint");
    }

    @Test
    void badParametersAreRefused() {
        for (var query : List.of("level=loud", "cursor=bm9uZQ", "from=yesterday", "limit=0", "colour=red")) {
            assertThat(readSide.get("/system/logs?" + query, "usr_logs").status())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    private static List<String> ids(String query) {
        return readSide.get("/system/logs?" + query, "usr_logs")
                .json()
                .path("data")
                .valueStream()
                .map(line -> line.path("id").asString())
                .toList();
    }
}
