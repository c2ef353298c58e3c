package io.llmplatform.bench.report;

import java.util.List;

/** The soak minute by minute; nothing where there was none. */
record SoakSection(RunReport report) {
    @Override
    public String toString() {
        var soak = report.soak();
        if (soak == null) {
            return "";
        }
        var table = new Table(List.of("minute", "answers/s", "failed", "CPU µs per request", "RSS, most, MB"));
        for (int i = 0; i < soak.minutes().size(); i++) {
            var minute = soak.minutes().get(i);
            table.row(List.of(
                    Integer.toString(i + 1),
                    Numbers.plain(minute.answers() / 60.0),
                    Numbers.plain(minute.failures()),
                    Numbers.plain(minute.cpuMicros()),
                    Numbers.megabytes(minute.residentBytes())));
        }
        return "## Soak: ours alone, %d connections, %d KB\n\n%s\n"
                .formatted(soak.connections(), soak.bodyBytes() / 1024, table);
    }
}
