package io.llmplatform.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What operators asked of a projection. What came of it, the projections tell; a request is never undone by a replay. */
public sealed interface ProjectionEvent extends DomainEvent {
    /** Every projection that can be built anew. */
    List<String> PROJECTIONS = List.of(
            "users",
            "teams",
            "api_keys",
            "providers",
            "models",
            "prices",
            "platform_settings",
            "signing_keys",
            "closed_sessions",
            "gateway_config",
            "audit",
            "audit_reads",
            "entity_history",
            "saved_searches",
            "usage",
            "request_search",
            "log_search");

    /** The stream of a projection's requests. */
    static String id(String projection) {
        return "prj_" + projection;
    }

    String projection();

    /** Build it anew beside the live one, from the beginning of its topic; takes the place of a build under way. */
    @EventType(name = "projection.RebuildRequested")
    record RebuildRequested(String projection, Swap swap) implements ProjectionEvent {}

    @EventType(name = "projection.RebuildPaused")
    record RebuildPaused(String projection) implements ProjectionEvent {}

    @EventType(name = "projection.RebuildResumed")
    record RebuildResumed(String projection) implements ProjectionEvent {}

    @EventType(name = "projection.RebuildCancelled")
    record RebuildCancelled(String projection) implements ProjectionEvent {}

    /** Compare the new build with the live one, once it has caught up. */
    @EventType(name = "projection.ComparisonRequested")
    record ComparisonRequested(String projection) implements ProjectionEvent {}

    /** @param acceptDifferences make it the live one even when it differs */
    @EventType(name = "projection.SwapRequested")
    record SwapRequested(String projection, boolean acceptDifferences) implements ProjectionEvent {}

    /** Bring the build that was live before up to date and make it the live one again. */
    @EventType(name = "projection.RollbackRequested")
    record RollbackRequested(String projection) implements ProjectionEvent {}

    /** @param recordId a parked record, tried again with those of its key; null for all that are parked */
    @EventType(name = "projection.RedriveRequested")
    record RedriveRequested(String projection, @Nullable Long recordId) implements ProjectionEvent {}

    /** Leave a parked record out for good. */
    @EventType(name = "projection.DiscardRequested")
    record DiscardRequested(String projection, long recordId) implements ProjectionEvent {}

    /** When a new build becomes the live one. */
    enum Swap {
        /** When an operator says so. */
        MANUAL,
        /** When it has caught up and equals the live one. */
        WHEN_EQUAL,
        /** When it has caught up. */
        WHEN_CAUGHT_UP;

        @JsonValue
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException naming the value */
        @JsonCreator
        public static Swap of(String wire) {
            return Arrays.stream(values())
                    .filter(swap -> swap.wire().equals(wire))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("swap: '" + wire + "'"));
        }
    }
}
