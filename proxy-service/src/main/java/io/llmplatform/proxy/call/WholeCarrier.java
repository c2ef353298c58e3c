package io.llmplatform.proxy.call;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.EmbeddingForm;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.JsonBytes;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes in a JSON answer whole, for its cost stands inside. */
final class WholeCarrier implements Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(WholeCarrier.class);

    private final Call call;
    private final ProviderConfig provider;
    private final UpstreamCall upstream;
    private final @Nullable Exchange exchange;
    private final Buffer body = Buffer.buffer();

    WholeCarrier(Call call, ProviderConfig provider, UpstreamCall upstream, @Nullable Exchange exchange) {
        this.call = call;
        this.provider = provider;
        this.upstream = upstream;
        this.exchange = exchange;
    }

    @Override
    public void data(Buffer chunk) {
        if ((long) body.length() + chunk.length() > call.services.settings().maxResponseBytes()) {
            upstream.cancel();
            call.failed(ApiError.upstream(502, "upstream_response_too_large", "The provider's answer is too large."));
        } else {
            body.appendBuffer(chunk);
        }
    }

    @Override
    public void end() {
        byte[] answer = body.getBytes();
        try {
            answer = exchange == null ? EmbeddingForm.honour(call.asked, answer) : translated(exchange, answer);
        } catch (RuntimeException e) {
            LOG.warn("{}: an answer could not be translated: {}", call.requestId(), e.toString());
            call.failed(Attempt.invalid("The provider's answer is not one that its API has."));
            return;
        }
        var facts = call.meter.read(answer);
        if (!facts.json()) {
            call.failed(Attempt.invalid("The provider's answer is not a JSON object."));
        } else if (facts.error()) {
            call.failed(UpstreamErrors.of(502, answer, provider));
        } else {
            call.recording(answer);
            var whole = Buffer.buffer(answer);
            Runnable lastBytes = () -> {
                call.describe();
                call.describeCost();
                call.client.whole(200, "application/json", whole);
            };
            if (facts.failure() == null) {
                call.complete(lastBytes);
            } else {
                call.providerFailed(facts.failure(), lastBytes);
            }
        }
    }

    private static byte[] translated(Exchange exchange, byte[] answer) {
        if (!(ContractJson.mapper().readTree(answer) instanceof ObjectNode tree)) {
            throw new IllegalArgumentException("not a JSON object");
        }
        if (tree.path("error").isObject()) {
            return answer;
        }
        return JsonBytes.of(exchange.answer(tree).toString());
    }

    @Override
    public boolean broken(UpstreamFailure failure) {
        return false;
    }

    @Override
    public void giveUp(ApiError why) {
        call.failed(why);
    }

    @Override
    public void close() {}
}
