package io.llmplatform.proxy.upstream.compatible;

import static io.llmplatform.proxy.api.Operation.*;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.upstream.BearerAddress;
import io.llmplatform.proxy.upstream.ChatDialect;
import io.llmplatform.proxy.upstream.HttpProvider;
import io.llmplatform.proxy.upstream.Outgoing;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that speaks OpenAI's API. Few of them know the Responses API, so that one is always translated; what such a
 * server lacks of the rest it answers with its own error.
 */
public final class CompatibleProvider implements HttpProvider {
    @Override
    public Set<Operation> speaks() {
        return EnumSet.of(
                CHAT,
                COMPLETIONS,
                EMBEDDINGS,
                MODERATIONS,
                IMAGE_GENERATIONS,
                IMAGE_EDITS,
                TRANSCRIPTIONS,
                TRANSLATIONS,
                SPEECH,
                RERANK,
                REALTIME);
    }

    @Override
    public void adapt(Operation operation, ObjectNode request) {
        if (operation == Operation.CHAT) {
            ChatDialect.withoutReasoning(request);
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
