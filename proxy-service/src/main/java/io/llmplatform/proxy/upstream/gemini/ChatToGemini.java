package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Shape.absent;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.translate.UntranslatableException;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's chat completions as Gemini's {@code generateContent}. Thought signatures travel in {@code extra_content}. */
final class ChatToGemini implements Translation {
    @Override
    public Operation from() {
        return Operation.CHAT;
    }

    @Override
    public Operation to() {
        return Operation.GEMINI_CONTENT;
    }

    @Override
    public Exchange begin(ObjectNode chat, Origin origin) throws UntranslatableException {
        ChatFields.check(chat);
        var name = Shape.text(chat.get("model"), "model");
        var model = GeminiModel.of(name);
        var request = Shape.JSON.createObjectNode();
        Conversation.of(Shape.array(chat.get("messages"), "messages"), model).writeTo(request);
        Tools.write(chat, request);
        var config = GenerationConfig.of(chat, model);
        if (!config.isEmpty()) {
            request.set("generationConfig", config);
        }
        boolean oneCall = !absent(chat.get("parallel_tool_calls"))
                && !chat.path("parallel_tool_calls").asBoolean(true);
        return new ChatExchange(request, new AnswerHead(origin, name), oneCall);
    }
}
