package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.usage.UsageRecord;
import java.util.List;

/**
 * State that follows from the outcomes and outlives them: each segment begins with all of it (a checkpoint), so segments
 * can be dropped. At start-up it is restored from the latest sound checkpoint and folds the outcomes behind that. All
 * calls but those at start-up come from the writer's thread.
 */
public interface Carried {
    /** For a journal that carries nothing, and writes no checkpoints. */
    Carried NOTHING = new Carried() {
        @Override
        public void restore(List<byte[]> parts) {
            // There is nothing it could be restored to.
        }

        @Override
        public void fold(UsageRecord outcome) {
            // Nothing follows from it.
        }

        @Override
        public List<byte[]> parts() {
            return List.of();
        }
    };

    /**
     * Replaces what there is by what {@link #parts} gave.
     *
     * @throws RuntimeException when they cannot be read; an older checkpoint is tried then
     */
    void restore(List<byte[]> parts);

    /** An outcome is in the journal. Told once for each. */
    void fold(UsageRecord outcome);

    /** The whole state, each part at most 60 KB; none when there is nothing to carry. */
    List<byte[]> parts();
}
