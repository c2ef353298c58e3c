package io.llmplatform.proxy.call;

import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.buffer.Buffer;

/** Brings the body of a good answer from the provider to the client. Nothing is called once the call is over. */
interface Carrier {
    void data(Buffer chunk);

    void end();

    /** @return false when nothing has reached the client yet: then the attempt is free to be made again */
    boolean broken(UpstreamFailure failure);

    /** The client has seen something and must hear that there will be no more, through no fault of the provider. */
    void giveUp(ApiError why);

    /** Ends its clocks. */
    void close();
}
