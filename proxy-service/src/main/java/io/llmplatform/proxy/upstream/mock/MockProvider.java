package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.upstream.ChatDialect;
import io.llmplatform.proxy.upstream.Provider;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the built-in provider answers by itself. */
public final class MockProvider implements Provider {
    @Override
    public Set<Operation> speaks() {
        return MockUpstream.speaks();
    }

    @Override
    public void adapt(Operation operation, ObjectNode request) {
        if (operation == Operation.CHAT) {
            ChatDialect.withoutReasoning(request);
        }
    }
}
