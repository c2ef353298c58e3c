package io.llmplatform.proxy.journal;

/** A place in the journal: a segment's number and a byte offset in it. */
public record Position(long segment, long offset) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
        int bySegment = Long.compare(segment, other.segment);
        return bySegment != 0 ? bySegment : Long.compare(offset, other.offset);
    }
}
