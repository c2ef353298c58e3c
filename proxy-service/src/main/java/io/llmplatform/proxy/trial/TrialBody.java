package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.BadRequestException;
import io.llmplatform.proxy.api.FormRequest;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.api.RequestScan;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The smallest request of each operation that a provider really has to work for. */
final class TrialBody {
    /** Enough for a model that thinks before it speaks, and cheap with any. */
    private static final int MOST_TOKENS = 64;

    private static final String ASK = "Reply with the word ok.";

    /** Those that need no picture and no socket. */
    private static final Set<Operation> TRIED = EnumSet.of(
            Operation.CHAT,
            Operation.RESPONSES,
            Operation.COMPLETIONS,
            Operation.MESSAGES,
            Operation.EMBEDDINGS,
            Operation.MODERATIONS,
            Operation.IMAGE_GENERATIONS,
            Operation.TRANSCRIPTIONS,
            Operation.SPEECH,
            Operation.RERANK);

    private TrialBody() {}

    /** @return empty when it cannot be tried */
    static Optional<Operation> operation(String wire) {
        return TRIED.stream().filter(each -> each.wire().equals(wire)).findFirst();
    }

    /** For people. */
    static String known() {
        return Arrays.stream(Operation.values())
                .filter(TRIED::contains)
                .map(Operation::wire)
                .collect(Collectors.joining(", "));
    }

    /** What a model is there for, by what its requests and answers are made of; chat where nothing is said. */
    static Operation fitting(List<String> input, List<String> output) {
        if (output.isEmpty() || output.contains("text")) {
            return input.equals(List.of("audio")) ? Operation.TRANSCRIPTIONS : Operation.CHAT;
        }
        return switch (output.getFirst()) {
            case "embedding" -> Operation.EMBEDDINGS;
            case "image" -> Operation.IMAGE_GENERATIONS;
            case "audio" -> Operation.SPEECH;
            case "score" -> Operation.RERANK;
            case "moderation" -> Operation.MODERATIONS;
            default -> Operation.CHAT;
        };
    }

    /** @param providerType some know the limit of an answer by its older name only, some by its newer one only */
    static ApiRequest request(Operation operation, String model, String providerType) {
        try {
            return operation == Operation.TRANSCRIPTIONS
                    ? FormRequest.scan(operation, Silence.form(model), Silence.CONTENT_TYPE)
                    : RequestScan.scan(operation, json(operation, model, providerType));
        } catch (BadRequestException e) {
            throw new IllegalArgumentException("a request of our own is not sound", e);
        }
    }

    private static byte[] json(Operation operation, String model, String providerType) {
        var json = ContractJson.mapper().createObjectNode().put("model", model);
        switch (operation) {
            case CHAT -> {
                ask(json);
                boolean newer = providerType.equals("openai") || providerType.equals("azure-openai");
                json.put(newer ? "max_completion_tokens" : "max_tokens", MOST_TOKENS);
            }
            case MESSAGES -> ask(json).put("max_tokens", MOST_TOKENS);
            case RESPONSES ->
                json.put("input", ASK).put("max_output_tokens", MOST_TOKENS).put("store", false);
            case COMPLETIONS -> json.put("prompt", ASK).put("max_tokens", MOST_TOKENS);
            case EMBEDDINGS, MODERATIONS -> json.put("input", "ok");
            case IMAGE_GENERATIONS -> json.put("prompt", "a dot").put("n", 1);
            case SPEECH -> json.put("input", "ok").put("voice", "alloy");
            case RERANK -> {
                json.put("query", "ok");
                json.putArray("documents").add("ok").add("no");
            }
            default -> throw new IllegalArgumentException("cannot be tried: " + operation.wire());
        }
        return ContractJson.mapper().writeValueAsBytes(json);
    }

    private static ObjectNode ask(ObjectNode json) {
        json.putArray("messages").addObject().put("role", "user").put("content", ASK);
        return json;
    }
}
