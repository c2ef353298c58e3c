package io.llmplatform.proxy.translate;

import io.llmplatform.proxy.api.Operation;
import tools.jackson.databind.node.ObjectNode;

/** Carries requests of one API over to another, and the answers back. Stateless and thread-safe. */
public interface Translation {
    /** The API of the requests that come in. */
    Operation from();

    /** The API of the requests that go out. */
    Operation to();

    /**
     * @param request well-formed JSON of {@link #from}, {@code model} already the upstream's; may be changed and kept
     * @throws UntranslatableException when something the client asked for does not exist over there
     */
    Exchange begin(ObjectNode request, Origin origin) throws UntranslatableException;
}
