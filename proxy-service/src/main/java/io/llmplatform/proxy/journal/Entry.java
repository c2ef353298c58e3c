package io.llmplatform.proxy.journal;

/**
 * One journal record.
 *
 * @param json the usage record; that of a start says what to publish should no outcome follow
 */
public record Entry(Kind kind, String requestId, byte[] json) {
    /** The byte that stands for each is part of the file format. */
    public enum Kind {
        /** Carries nothing: proves that the disk takes writes again. */
        PROBE,
        START,
        OUTCOME,
        /** A part of what {@link Carried} carries, at the head of a segment. */
        CHECKPOINT
    }
}
