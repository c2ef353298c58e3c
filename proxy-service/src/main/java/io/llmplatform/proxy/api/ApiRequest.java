package io.llmplatform.proxy.api;

import io.llmplatform.contracts.json.ContractJson;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A well-formed request: its bytes, and where in them stands what the gateway must know or change.
 *
 * @param contentType as it travels on; of a form it carries the boundary
 * @param modelAt     the model's name in the body, quotes included; an empty range where none is given
 * @param askUsage    the change that makes a stream report usage; absent when the client asked for it or does not stream
 * @param steering    what else steers the gateway
 * @param promptTokens by rule of thumb; of a form 0, its files are no text
 */
public record ApiRequest(
        Operation operation,
        byte[] body,
        String contentType,
        String model,
        Range modelAt,
        boolean stream,
        @Nullable Splice askUsage,
        Steering steering,
        long promptTokens) {
    /** Reads numbers of any size, as the one in the request's scan does. */
    private static final JsonMapper TREES = ContractJson.mapper()
            .rebuild()
            .disable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static final String JSON = "application/json";

    /** Bytes from (inclusive) to (exclusive). */
    public record Range(int from, int to) {}

    /**
     * @param maxTokens          most tokens of an answer; -1 where not given
     * @param choices            number of answers asked for, at least 1
     * @param user               the client's own name for its user
     * @param previousResponseId of the Responses API
     * @param store              whether a response may be kept for later retrieval
     * @param base64             whether embeddings are asked for in that form
     */
    public record Steering(
            long maxTokens,
            int choices,
            @Nullable String user,
            @Nullable String previousResponseId,
            boolean store,
            boolean base64) {
        static final Steering NONE = new Steering(-1, 1, null, null, false, false);
    }

    /** A session over a socket, whose messages nobody looks into beforehand. */
    public static ApiRequest socket(Operation operation, String model) {
        return new ApiRequest(operation, new byte[0], JSON, model, new Range(0, 0), true, null, Steering.NONE, 0);
    }

    /** Whether the usage chunk is ours and must not reach the client. */
    public boolean usageInjected() {
        return askUsage != null;
    }

    /** The body for one deployment: every byte as the client sent it but for the model's name and the wish for usage. */
    public Buffer bodyFor(String upstreamModel) {
        var splices = new ArrayList<Splice>(2);
        boolean named = modelAt.to() > modelAt.from();
        if (!upstreamModel.equals(model) || !named) {
            splices.add(Splice.of(modelAt.from(), modelAt.to(), written(upstreamModel, named)));
        }
        if (askUsage != null) {
            splices.add(askUsage);
        }
        splices.sort(Comparator.comparingInt(Splice::from));
        return apply(splices);
    }

    /** The same as a tree, for a translation. */
    public ObjectNode tree(String upstreamModel) {
        return (ObjectNode) TREES.readTree(bodyFor(upstreamModel).getBytes());
    }

    /** The same request with another body. */
    public ApiRequest with(ObjectNode tree) {
        try {
            return RequestScan.scan(operation, ContractJson.mapper().writeValueAsBytes(tree));
        } catch (BadRequestException e) {
            throw new IllegalArgumentException("a request that was sound is not any more", e);
        }
    }

    private String written(String upstreamModel, boolean named) {
        if (!contentType.equals(JSON)) {
            return upstreamModel;
        }
        var quoted = '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(upstreamModel)) + '"';
        return named ? quoted : "\"model\":" + quoted + ",";
    }

    private Buffer apply(List<Splice> splices) {
        var out = Buffer.buffer(body.length + 128);
        int at = 0;
        for (var splice : splices) {
            out.appendBytes(body, at, splice.from() - at).appendBytes(splice.replacement());
            at = splice.to();
        }
        return out.appendBytes(body, at, body.length - at);
    }
}
