package io.llmplatform.contracts.read;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A read that is worth knowing of, as on {@link io.llmplatform.contracts.topic.Topics#READS}. Texts about a person are sealed to the
 * person who asked ({@link io.llmplatform.contracts.personal.PersonSeal}), and absent where there is nothing to seal with.
 *
 * @param id        {@code red_…}
 * @param type      such as {@code read.AuditRead}, see {@link Type}
 * @param name      of the person, sealed, like {@code ip} and {@code userAgent}
 * @param operation as in {@code management.yaml}, such as {@code GET /audit/events}
 * @param question  parameters as given, without the place of a page; what was typed freely ({@code q}) is sealed
 * @param results   how many there were, of the first page where it is a list; absent where nothing was counted
 * @param repeats   how often the same person asked the same again in the minutes after the read that was recorded
 * @param leftOut   reads of the person that were too many in one minute to be recorded each
 */
public record ReadRecord(
        String id,
        Instant at,
        String type,
        String userId,
        @Nullable String name,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String requestId,
        String operation,
        Map<String, String> question,
        @Nullable Long results,
        @Nullable Long repeats,
        @Nullable Long leftOut) {

    /** What kind of reads are recorded. */
    public enum Type {
        AUDIT_READ("read.AuditRead"),
        HISTORY_READ("read.HistoryRead"),
        DATA_EXPORTED("read.DataExported"),
        READS_LEFT_OUT("read.ReadsLeftOut");

        private final String wire;

        Type(String wire) {
            this.wire = wire;
        }

        /** As in the audit log. */
        public String wire() {
            return wire;
        }
    }
}
