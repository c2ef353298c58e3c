package io.llmplatform.proxy.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** Told what a call brings, in this order, on the context that made the call; exactly one of the last two ends it. */
public interface UpstreamListener {
    void head(int status, MultiMap headers);

    void data(Buffer chunk);

    void end();

    void failed(UpstreamFailure failure);
}
