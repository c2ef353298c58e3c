package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.upstream.Upstream;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.upstream.UpstreamSettings;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in the process itself, paced by timers, at no cost and the same every time. {@link MockSettings} says how its
 * speed and its failures are set, the capabilities what it says.
 */
public final class MockUpstream implements Upstream {
    private static final Logger LOG = LoggerFactory.getLogger(MockUpstream.class);
    private static final Map<Operation, Capability> CAPABILITIES = Map.of(
            Operation.CHAT, new ChatCapability(),
            Operation.EMBEDDINGS, new EmbeddingsCapability(),
            Operation.MODERATIONS, new ModerationsCapability(),
            Operation.IMAGE_GENERATIONS, new ImagesCapability(),
            Operation.IMAGE_EDITS, new ImagesCapability(),
            Operation.TRANSCRIPTIONS, new TranscriptionsCapability(),
            Operation.TRANSLATIONS, new TranscriptionsCapability(),
            Operation.SPEECH, new SpeechCapability(),
            Operation.RERANK, new RerankCapability());

    private final Vertx vertx;
    private final Clock clock;
    private final RandomGenerator random;
    private final UpstreamSettings limits;

    /**
     * @param random decides which calls fail; used on the event loop only
     * @param limits of silence, kept as those of a provider behind a network
     */
    public MockUpstream(Vertx vertx, Clock clock, RandomGenerator random, UpstreamSettings limits) {
        this.vertx = vertx;
        this.clock = clock;
        this.random = random;
        this.limits = limits;
    }

    /** The operations it answers. Everything else is answered 404. */
    public static Set<Operation> speaks() {
        return CAPABILITIES.keySet();
    }

    @Override
    public UpstreamCall call(Target target, UpstreamRequest request, UpstreamListener listener) {
        var settings = MockSettings.of(target.provider().baseUrl());
        var call = new MockCall(vertx, settings, limits, listener);
        var ask = new Ask(request, target.upstreamModel(), clock.instant().getEpochSecond());
        if (settings.failRate() > 0 && random.nextInt(100) < settings.failRate()) {
            call.begin(MockFailure.reply(settings));
        } else if (request.operation() == Operation.CHAT) {
            call.begin(answer(ask));
        } else {
            // Pictures, sounds and thousands of vectors are too much work for an event loop.
            vertx.executeBlocking(() -> answer(ask), false)
                    .onSuccess(call::begin)
                    .onFailure(e -> {
                        LOG.error("{}: unexpected failure", request.requestId(), e);
                        call.begin(Reply.error(ApiError.upstream(500, "internal_error", "The mock failed.")));
                    });
        }
        return call;
    }

    private static Reply answer(Ask ask) {
        var capability = CAPABILITIES.get(ask.operation());
        if (capability == null) {
            return Reply.error(new ApiError(
                    404,
                    "invalid_request_error",
                    "unsupported_operation",
                    null,
                    "The mock does not speak " + ask.operation().wire() + "."));
        }
        try {
            return capability.answer(ask);
        } catch (MockRefusal refusal) {
            return Reply.error(refusal.error());
        }
    }
}
