package io.llmplatform.proxy.frontdoor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.wire.AccessLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Clock clock = Clock.fixed(Instant.parse("2026-11-23T03:31:50.8079Z"), ZoneOffset.UTC);

    @Test
    void whatWasNotedIsPrintedInOrderAtTheLatestWhenItCloses() {
        try (var log = new AccessLog(clock, () -> new PrintStream(printed, true, UTF_8), null)) {
            for (int i = 0; i < 1_000; i++) {
                log.note(line("req_" + i));
            }
        }
        var lines = printed.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(1_000);
        assertThat(lines.getFirst())
                .startsWith("2026-11-23T03:31:50.807Z  INFO ")
                .contains("[proxy-service] access : id=req_0 method=POST");
        assertThat(lines.getLast()).contains("id=req_999 ");
    }

    private static AccessLine line(String id) {
        return new AccessLine(id, "POST", "/v1/x", 200, 1, 2, 3, "::1", null, null, null, null, null, null);
    }
}
