package io.llmplatform.proxy.call;

import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.translate.Chain;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.UntranslatableException;
import io.llmplatform.proxy.upstream.Providers;
import io.llmplatform.proxy.wire.Arrival;
import io.llmplatform.proxy.wire.JsonBytes;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A request in the form that one deployment takes.
 *
 * @param operation as that provider speaks it
 * @param exchange  brings the answers back; absent where nothing is translated
 */
public record Prepared(Operation operation, @Nullable Exchange exchange, Buffer body) {
    /** @throws UntranslatableException when something the client asked for does not exist over there */
    public static Prepared of(Providers providers, ApiRequest asked, Target target, Arrival arrival)
            throws UntranslatableException {
        var type = target.provider().type();
        var plan = providers.plan(type, asked.operation()).orElseThrow();
        if (plan.isNative()) {
            return new Prepared(plan.operation(), null, asked.bodyFor(target.upstreamModel()));
        }
        var origin = new Origin(arrival.requestId(), arrival.at().getEpochSecond());
        var exchange = Chain.begin(plan.steps(), asked.tree(target.upstreamModel()), origin);
        var request = exchange.request();
        providers.of(type).ifPresent(provider -> provider.adapt(plan.operation(), request));
        return new Prepared(plan.operation(), exchange, Buffer.buffer(JsonBytes.of(request.toString())));
    }
}
