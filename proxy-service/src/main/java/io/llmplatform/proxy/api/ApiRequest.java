package io.llmplatform.proxy.chat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * A well-formed chat request: its bytes, and where in them stands what the gateway must know or change.
 *
 * @param modelFrom offset of the opening quote of the model's name
 * @param modelTo   offset behind its closing quote
 * @param askUsage  the change that makes a stream report usage; absent when the client asked for it or does not stream
 */
record ChatRequest(
        byte[] body,
        String model,
        int modelFrom,
        int modelTo,
        boolean stream,
        @Nullable Splice askUsage) {

    /** Whether the usage chunk is ours and must not reach the client. */
    boolean usageInjected() {
        return askUsage != null;
    }

    /** The body for one deployment: every byte as the client sent it but for the model's name and the wish for usage. */
    Buffer bodyFor(String upstreamModel) {
        var splices = new ArrayList<Splice>(2);
        if (!upstreamModel.equals(model)) {
            var quoted = new String(JsonStringEncoder.getInstance().quoteAsCharArray(upstreamModel));
            splices.add(Splice.of(modelFrom, modelTo, '"' + quoted + '"'));
        }
        if (askUsage != null) {
            splices.add(askUsage);
        }
        splices.sort(Comparator.comparingInt(Splice::from));
        return apply(splices);
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
