package io.llmplatform.proxy.call;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.cache.CacheDecision;
import io.llmplatform.proxy.cache.CacheEntry;
import io.llmplatform.proxy.cache.CacheKey;
import io.llmplatform.proxy.cache.CacheSettings;
import io.llmplatform.proxy.cache.CacheSubject;
import io.llmplatform.proxy.cache.CacheWish;
import io.llmplatform.proxy.cache.CanonicalRequest;
import io.llmplatform.proxy.cache.ResponseCache;
import io.llmplatform.proxy.cache.StreamRecording;
import io.llmplatform.proxy.cache.WholeAnswer;
import io.llmplatform.proxy.stream.SseEvent;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request and the response cache: what it may take from there, and what it leaves. */
final class Caching {
    private static final List<String> VARY = List.of("openai-beta", "anthropic-version", "anthropic-beta");
    private static final Caching NONE = new Caching(CacheDecision.BYPASS, null);

    private final CacheDecision decision;
    private final @Nullable CacheKey key;

    private Caching(CacheDecision decision, @Nullable CacheKey key) {
        this.decision = decision;
        this.key = key;
    }

    /** @param allowed whether anybody may use the cache at this time */
    static Caching of(boolean allowed, ConfigRecord.Model model, Caller caller, ApiRequest asked, MultiMap headers) {
        var flag = caller.key() == null ? null : caller.key().cache();
        var wish = CacheWish.of(headers.get(CacheWish.HEADER), headers.get("cache-control"));
        if (!allowed || !CacheDecision.possible(asked.operation(), model.cache(), flag, wish)) {
            return NONE;
        }
        var canonical = CanonicalRequest.of(asked.operation(), asked.body());
        if (canonical == null) {
            return NONE;
        }
        var decision = CacheDecision.of(model.cache(), flag, wish, canonical.facts());
        if (!decision.read() && !decision.write()) {
            return NONE;
        }
        var vary = new ArrayList<String>(VARY.size());
        for (var name : VARY) {
            var value = headers.get(name);
            vary.add(value == null ? "" : value);
        }
        var owner = CacheSubject.owner(caller.teamId(), caller.ownerId());
        var subject = new CacheSubject(owner, model.name(), model.version(), vary);
        return new Caching(decision, CacheKey.of(subject, canonical));
    }

    /** For the {@code x-platform-cache} header of an answer that did not come from here; absent when the cache had no part in it. */
    @Nullable
    String state() {
        return key == null ? null : "miss";
    }

    Future<@Nullable CacheEntry> find(ResponseCache cache) {
        return key == null || !decision.read() ? Future.succeededFuture() : cache.find(key);
    }

    /** @param model asked for */
    Keep keep(ResponseCache cache, Clock clock, String model) {
        return key == null || !decision.write() ? Keep.NOTHING : new Storing(cache, clock, key, model);
    }

    private final class Storing implements Keep {
        private final ResponseCache cache;
        private final Clock clock;
        private final CacheKey under;
        private final String model;
        private final StreamRecording.Recorder recorder =
                new StreamRecording.Recorder(CacheSettings.DEFAULT.maxEntryBytes());
        private byte @Nullable [] answer;

        Storing(ResponseCache cache, Clock clock, CacheKey under, String model) {
            this.model = model;
            this.cache = cache;
            this.clock = clock;
            this.under = under;
        }

        @Override
        public void event(SseEvent event) {
            var framed = Buffer.buffer();
            event.writeTo(framed);
            recorder.event(framed.getBytes());
        }

        @Override
        public void whole(byte[] whole) {
            answer = whole;
        }

        @Override
        public Future<Void> completed(CallLedger ledger) {
            var target = ledger.target();
            if (target != null && !target.model().equals(model)) {
                // A fallback's answer is not what the next one asks for.
                return Future.succeededFuture();
            }
            var whole = answer;
            var entry = whole == null
                    ? recorder.finished(ledger.tokens(), clock.instant())
                    : new WholeAnswer(whole, ledger.tokens(), clock.instant());
            if (entry != null) {
                cache.store(under, entry, decision.ttl());
            }
            return Future.succeededFuture();
        }
    }
}
