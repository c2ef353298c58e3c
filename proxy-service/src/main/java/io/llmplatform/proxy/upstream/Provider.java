package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.translate.Translation;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What one type of provider can be asked. Stateless and thread-safe. */
public interface Provider {
    /** The operations it takes as they are. */
    Set<Operation> speaks();

    /** From operations of ours to ones that only it speaks. */
    default List<Translation> translations() {
        return List.of();
    }

    /** The last touch to a request that a translation made, where this provider differs from others that speak the operation. */
    default void adapt(Operation operation, ObjectNode request) {}
}
