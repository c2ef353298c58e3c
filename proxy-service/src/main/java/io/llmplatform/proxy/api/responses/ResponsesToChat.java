package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/responses} for providers that only know chat. Stateless: what earlier requests left behind must be in
 * {@code input} already; see {@link #RESOLVED}.
 */
public final class ResponsesToChat implements Translation {
    /**
     * Field of a request whose {@code previous_response_id} has been replaced by the history before it. The answer names it
     * as its previous response; a {@code previous_response_id} that is still there is refused.
     */
    public static final String RESOLVED = "platform_previous_response_id";

    private final HostedTools hosted;

    public ResponsesToChat() {
        this(HostedTools.REFUSED);
    }

    public ResponsesToChat(HostedTools hosted) {
        this.hosted = hosted;
    }

    @Override
    public Operation from() {
        return Operation.RESPONSES;
    }

    @Override
    public Operation to() {
        return Operation.CHAT;
    }

    @Override
    public Exchange begin(ObjectNode request, Origin origin) throws UntranslatableException {
        Refusals.check(request);
        var tools = Toolbox.of(request.path("tools"), hosted);
        var chat = ChatRequest.of(request, tools);
        var frame = new ResponseFrame(request, tools, origin);
        return new ResponsesExchange(chat, () -> new ResponseStream(frame, tools, origin.requestId()));
    }
}
