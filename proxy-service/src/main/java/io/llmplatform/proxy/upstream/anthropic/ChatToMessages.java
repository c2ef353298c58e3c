package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions for a provider that speaks Anthropic's messages API. */
public final class ChatToMessages implements Translation {
    @Override
    public Operation from() {
        return Operation.CHAT;
    }

    @Override
    public Operation to() {
        return Operation.MESSAGES;
    }

    @Override
    public Exchange begin(ObjectNode request, Origin origin) throws UntranslatableException {
        var outgoing = MessagesRequest.of(request);
        return new ChatExchange(outgoing.body(), new ChatAnswer(origin, outgoing.jsonTool()));
    }
}
