package io.llmplatform.proxy.translate;

import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * One request under translation. Confined to one event loop; either {@link #answer} is called once, or {@link #event} any
 * number of times and then {@link #end} once. Errors of the upstream never come here.
 */
public interface Exchange {
    /** What goes out. */
    ObjectNode request();

    /**
     * A whole answer of the upstream as the client expects it.
     *
     * @throws IllegalArgumentException when it is not what that API promises; becomes a 502
     */
    ObjectNode answer(ObjectNode upstream);

    /**
     * One event of the upstream's stream (never the mark {@code [DONE]}) as none, one or several events of the client's.
     * An event of an API that names its events carries the name in {@code type}.
     *
     * @throws IllegalArgumentException as above; breaks the stream off
     */
    void event(ObjectNode upstream, Consumer<ObjectNode> out);

    /**
     * The upstream's stream ended without an error: closes what is open. Where the stream had come to no proper end, no
     * terminal event is made up; the pipeline then tells the client that it broke.
     */
    void end(Consumer<ObjectNode> out);
}
