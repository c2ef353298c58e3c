package io.llmplatform.proxy.call;

import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.buffer.Buffer;

/** Carries audio and other bytes as they come. */
final class ByteCarrier implements Carrier {
    private final Call call;
    private final String contentType;
    private final Flow flow;
    private boolean opened;

    ByteCarrier(Call call, String contentType, UpstreamCall upstream) {
        this.call = call;
        this.contentType = contentType;
        this.flow = new Flow(call.services.vertx(), call.services.settings(), call.client, upstream);
    }

    @Override
    public void data(Buffer chunk) {
        open();
        call.ledger.contentCame();
        call.client.bytes(chunk);
        flow.flush();
    }

    @Override
    public void end() {
        open();
        flow.close();
        call.complete(call.client::end);
    }

    @Override
    public boolean broken(UpstreamFailure failure) {
        if (!call.client.began()) {
            return false;
        }
        flow.close();
        // There is no other way to say so inside of bytes.
        call.breakOff(Attempt.error(failure), true, call.client::hangUp);
        return true;
    }

    @Override
    public void giveUp(ApiError why) {
        flow.close();
        call.breakOff(why, false, call.client::hangUp);
    }

    @Override
    public void close() {
        flow.close();
    }

    private void open() {
        if (!opened) {
            opened = true;
            call.describe();
            call.client.openBytes(200, contentType);
        }
    }
}
