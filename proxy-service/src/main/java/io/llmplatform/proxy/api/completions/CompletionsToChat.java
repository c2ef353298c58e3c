package io.llmplatform.proxy.api.completions;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/completions} for providers that only know chat: the prompt is what the user says, the text what comes back. */
public final class CompletionsToChat implements Translation {
    @Override
    public Operation from() {
        return Operation.COMPLETIONS;
    }

    @Override
    public Operation to() {
        return Operation.CHAT;
    }

    @Override
    public Exchange begin(ObjectNode request, Origin origin) throws UntranslatableException {
        return new CompletionsExchange(PromptRequest.toChat(request), origin);
    }
}
