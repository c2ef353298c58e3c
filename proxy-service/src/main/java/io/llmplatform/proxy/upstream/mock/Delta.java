package io.llmplatform.proxy.upstream.mock;

/** One piece of a chat answer, as a stream carries it. */
sealed interface Delta {
    /** @param calls whether what follows is tool calls, which have no text beside them */
    record Role(boolean calls) implements Delta {}

    record Reasoning(String text) implements Delta {}

    record Text(String text) implements Delta {}

    record CallStart(int index, String id, String name) implements Delta {}

    record Arguments(int index, String text) implements Delta {}

    record Finish(String reason) implements Delta {}

    /** Whether it is counted, and takes its time. */
    default boolean token() {
        return this instanceof Reasoning || this instanceof Text || this instanceof Arguments;
    }
}
