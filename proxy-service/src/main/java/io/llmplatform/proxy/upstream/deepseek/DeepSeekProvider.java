package io.llmplatform.proxy.upstream.deepseek;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.upstream.BearerAddress;
import io.llmplatform.proxy.upstream.ChatDialect;
import io.llmplatform.proxy.upstream.HttpProvider;
import io.llmplatform.proxy.upstream.Outgoing;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** api.deepseek.com. Its older completions live at a beta address only and are translated like everybody else's. */
public final class DeepSeekProvider implements HttpProvider {
    @Override
    public Set<Operation> speaks() {
        return Set.of(Operation.CHAT);
    }

    @Override
    public void adapt(Operation operation, ObjectNode request) {
        if (operation == Operation.CHAT) {
            ChatDialect.olderLimit(request);
        }
    }

    @Override
    public Outgoing outgoing(ProviderConfig provider, String upstreamModel, Operation operation, boolean stream) {
        return BearerAddress.of(provider, operation);
    }

    @Override
    public Outgoing listing(ProviderConfig provider) {
        return BearerAddress.listing(provider);
    }
}
