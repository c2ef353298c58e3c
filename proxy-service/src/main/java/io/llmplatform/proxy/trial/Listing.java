package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.time.TimerWheel;
import io.llmplatform.proxy.trial.TrialResult.TrialError;
import io.llmplatform.proxy.upstream.HttpUpstream;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Asks providers for their lists of models. Belongs to one event loop. */
final class Listing {
    private static final int MAX_BYTES = 8 << 20;
    private static final int MAX_MODELS = 2000;

    /** What the built-in provider is there for; it takes any other name as well. */
    private static final List<String> OF_MOCK = List.of(
            "mock-chat",
            "mock-embedding",
            "mock-image",
            "mock-moderation",
            "mock-rerank",
            "mock-speech",
            "mock-transcription");

    private final HttpUpstream http;
    private final TimerWheel timers;

    Listing(HttpUpstream http, TimerWheel timers) {
        this.http = http;
        this.timers = timers;
    }

    /**
     * @param models    at most 2000, in the provider's order
     * @param truncated whether the provider has more
     * @param error     absent when there is a list
     */
    record Listed(
            List<ListedModel> models,
            boolean truncated,
            @Nullable Integer status,
            @Nullable Long firstByteMs,
            long totalMs,
            @Nullable TrialError error) {}

    /** Never fails: what goes wrong is an answer too. */
    Future<Listed> of(ProviderConfig provider) {
        var asking = new Asking(provider);
        if (!provider.usable()) {
            asking.failed(
                    "provider_secret_sealed", "The provider's API key does not open with this key-encryption key.");
        } else if (provider.type().equals("mock")) {
            asking.done(
                    OF_MOCK.stream()
                            .map(id -> new ListedModel(id, null, null, null, null, List.of()))
                            .toList(),
                    false);
        } else {
            asking.begin();
        }
        return asking.promise.future();
    }

    private final class Asking {
        private final ProviderConfig provider;
        private final Promise<Listed> promise = Promise.promise();
        private final Buffer body = Buffer.buffer();
        private final long began = System.nanoTime();
        private TimerWheel.@Nullable Timer timer;
        private @Nullable HttpClientResponse response;
        private @Nullable Integer status;
        private @Nullable Long firstByteMs;

        Asking(ProviderConfig provider) {
            this.provider = provider;
        }

        void begin() {
            timer = timers.start(
                    Trial.LONGEST.toMillis(), () -> failed("upstream_timeout", "The provider did not answer in time."));
            http.list(provider)
                    .onComplete(
                            this::head,
                            e -> failed(
                                    "upstream_unreachable",
                                    "The provider cannot be reached: no connection to its address, or none that is allowed."));
        }

        private void head(HttpClientResponse answer) {
            response = answer;
            if (promise.future().isComplete()) {
                answer.request().reset();
                return;
            }
            status = answer.statusCode();
            firstByteMs = elapsed();
            answer.exceptionHandler(e -> failed("upstream_broken", "The provider's answer broke off."));
            answer.endHandler(end -> read());
            answer.handler(chunk -> {
                if (body.length() + chunk.length() > MAX_BYTES) {
                    failed("upstream_invalid_response", "The list is larger than " + MAX_BYTES + " bytes.");
                } else if (!promise.future().isComplete()) {
                    body.appendBuffer(chunk);
                }
            });
        }

        private void read() {
            int code = status == null ? 0 : status;
            if (code < 200 || code >= 300) {
                var said = UpstreamErrors.said(code, body.getBytes(), provider);
                failed(said.codeOrType(), said.message());
                return;
            }
            try {
                var root = ContractJson.mapper().readTree(body.getBytes());
                // Together AI answers with the bare list.
                var list = root.isArray() ? root : root.has("data") ? root.path("data") : root.path("models");
                if (list.isArray()) {
                    done(models(list), list.size() > MAX_MODELS || hasMore(root));
                    return;
                }
            } catch (JacksonException e) {
                // told below
            }
            failed("upstream_invalid_response", "The answer is no list of models.");
        }

        private static List<ListedModel> models(JsonNode list) {
            var models = new ArrayList<ListedModel>();
            for (var each : list) {
                var model = ListedModel.of(each);
                if (model != null && models.size() < MAX_MODELS) {
                    models.add(model);
                }
            }
            return models;
        }

        private static boolean hasMore(JsonNode root) {
            return root.path("has_more").asBoolean(false)
                    || root.path("nextPageToken").isString();
        }

        void failed(String code, String message) {
            finish(List.of(), false, new TrialError(code, message));
        }

        void done(List<ListedModel> models, boolean truncated) {
            finish(models, truncated, null);
        }

        private void finish(List<ListedModel> models, boolean truncated, @Nullable TrialError error) {
            TimerWheel.cancel(timer);
            if (promise.tryComplete(new Listed(models, truncated, status, firstByteMs, elapsed(), error))
                    && error != null
                    && response != null) {
                response.request().reset();
            }
        }

        private long elapsed() {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        }
    }
}
