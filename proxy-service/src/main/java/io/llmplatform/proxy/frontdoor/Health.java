package io.llmplatform.proxy.frontdoor;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.config.LiveConfig;
import io.llmplatform.proxy.journal.Journal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code /health} tells, on both ports. */
public final class Health {
    private final LiveConfig config;
    private final Journal journal;
    private final String version;
    private final String mode;

    public Health(LiveConfig config, Journal journal, String version, String mode) {
        this.config = config;
        this.journal = journal;
        this.version = version;
        this.mode = mode;
    }

    /** @param status {@code ok}; {@code stale} while serving without the broker; {@code starting}; {@code refusing} */
    public record Report(String status, String version, String mode, Config config, JournalState journal) {
        /** Whether requests are served. */
        public boolean serving() {
            return status.equals("ok") || status.equals("stale");
        }

        public String json() {
            return ContractJson.mapper().writeValueAsString(this);
        }
    }

    public record Config(
            boolean ready, boolean connected, @Nullable Double stalenessSeconds, int entries) {}

    public record JournalState(boolean accepting, @Nullable String refusal, long depth, long bytes) {}

    public Report report() {
        var state = config.status();
        var refusal = journal.refusesStarts();
        var status = !state.ready() ? "starting" : refusal != null ? "refusing" : state.connected() ? "ok" : "stale";
        var staleness = state.staleness();
        return new Report(
                status,
                version,
                mode,
                new Config(
                        state.ready(),
                        state.connected(),
                        staleness == null ? null : staleness.toMillis() / 1000.0,
                        state.entries()),
                new JournalState(
                        refusal == null,
                        refusal == null ? null : refusal.name().toLowerCase(Locale.ROOT),
                        journal.depth(),
                        journal.bytes()));
    }
}
