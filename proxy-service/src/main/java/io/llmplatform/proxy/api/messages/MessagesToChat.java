package io.llmplatform.proxy.api.messages;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.node.ObjectNode;

/** Anthropic's messages API for providers that speak chat completions. */
public final class MessagesToChat implements Translation {
    @Override
    public Operation from() {
        return Operation.MESSAGES;
    }

    @Override
    public Operation to() {
        return Operation.CHAT;
    }

    @Override
    public Exchange begin(ObjectNode request, Origin origin) throws UntranslatableException {
        var outgoing = ChatRequest.of(request);
        return new MessageExchange(outgoing, new MessageAnswer(origin, Asked.of(outgoing)));
    }
}
