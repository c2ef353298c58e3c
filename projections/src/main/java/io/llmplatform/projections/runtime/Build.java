package io.llmplatform.projections.runtime;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One build of a projection, as {@code readmodel.projection_build} has it.
 *
 * @param version       of the code that fills it
 * @param swapWhen      when it becomes the live one by itself; null when it is to be told
 * @param compareWanted whether it is to be compared with the live one
 * @param schemaVersion of the database when its tables were made: they are of no use under another
 * @param caughtUp      whether it has once been as far as its topic
 */
public record Build(
        Target target,
        int version,
        Role role,
        boolean paused,
        @Nullable SwapWhen swapWhen,
        boolean compareWanted,
        String schemaVersion,
        boolean caughtUp) {
    /** What a build is there for. */
    public enum Role {
        /** What readers see. */
        LIVE,
        /** Fills up beside it. */
        BUILDING,
        /** Was live before; kept for a return. */
        RETIRED,
        /** Is about to go. */
        DROPPED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When a build becomes the live one. */
    public enum SwapWhen {
        /** When it has caught up and equals the live one. */
        EQUAL,
        /** When it has caught up, and its topic still has the oldest records or it equals the live one. */
        CAUGHT_UP,
        /** When it has caught up, whatever is different. */
        ANYWAY;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
