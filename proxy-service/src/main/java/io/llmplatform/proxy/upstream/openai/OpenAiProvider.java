package io.llmplatform.proxy.upstream.openai;

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

/** api.openai.com. */
public final class OpenAiProvider implements HttpProvider {
    @Override
    public Set<Operation> speaks() {
        return EnumSet.of(
                CHAT,
                RESPONSES,
                COMPLETIONS,
                EMBEDDINGS,
                MODERATIONS,
                IMAGE_GENERATIONS,
                IMAGE_EDITS,
                TRANSCRIPTIONS,
                TRANSLATIONS,
                SPEECH,
                REALTIME);
    }

    @Override
    public void adapt(Operation operation, ObjectNode request) {
        if (operation == Operation.CHAT) {
            ChatDialect.withoutReasoning(request);
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
