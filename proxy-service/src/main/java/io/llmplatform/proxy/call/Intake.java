package io.llmplatform.proxy.call;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.cache.CacheEntry;
import io.llmplatform.proxy.limit.Admission;
import io.llmplatform.proxy.limit.RateState;
import io.llmplatform.proxy.limit.Reservation;
import io.llmplatform.proxy.route.Ask;
import io.llmplatform.proxy.route.Journey;
import io.llmplatform.proxy.wire.ApiError;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A well-formed request on its way to being served: model, cache, limits, deployment. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final CallServices services;
    private final StoredResponses stored;

    Intake(CallServices services) {
        this.services = services;
        this.stored = new StoredResponses(services);
    }

    void take(ClientSide client, CallLedger ledger, ApiRequest asked) {
        ledger.asked(asked);
        var model = services.config().current().model(asked.model());
        if (model == null || !model.active()) {
            Refusals.reject(services, client, ledger, ApiError.modelNotFound(asked.model()));
        } else if (!ledger.caller().mayCall(model.name())) {
            Refusals.reject(services, client, ledger, ApiError.modelNotAllowed(asked.model()));
        } else {
            ledger.price(services.config().current(), model.name());
            stored.resolve(ledger, asked)
                    .onComplete(history -> known(client, ledger, history, model), e -> unexpected(client, ledger, e));
        }
    }

    private void known(
            ClientSide client, CallLedger ledger, StoredResponses.History history, ConfigRecord.Model model) {
        switch (history) {
            case StoredResponses.Missing(var error) -> Refusals.reject(services, client, ledger, error);
            case StoredResponses.Ready ready -> {
                ledger.asked(ready.asked());
                boolean allowed = !Boolean.FALSE.equals(
                        services.config().current().settings().responseCache());
                var caching = Caching.of(allowed, model, ledger.caller(), ready.asked(), client.headers());
                caching.find(services.cache())
                        .onComplete(
                                entry -> looked(new Taken(client, ledger, ready, model, caching), entry),
                                e -> unexpected(client, ledger, e));
            }
        }
    }

    /** What has been found out about a request so far. */
    private record Taken(
            ClientSide client,
            CallLedger ledger,
            StoredResponses.Ready ready,
            ConfigRecord.Model model,
            Caching caching) {
        ApiRequest asked() {
            return ready.asked();
        }
    }

    private void looked(Taken taken, @Nullable CacheEntry entry) {
        var asked = taken.asked();
        var ask = new Ask(
                asked.operation(),
                asked.stream(),
                asked::promptTokens,
                taken.ledger().caller().metadata(),
                asked.steering().user(),
                taken.client().headers()::get,
                taken.ledger().arrival().at());
        var demand = Demands.of(
                taken.ledger(),
                taken.model(),
                asked,
                services.config().current(),
                ask.promptTokens(),
                reserved(),
                entry != null);
        services.limiter()
                .admit(demand)
                .onComplete(
                        admission -> admitted(taken, ask, entry, admission),
                        e -> unexpected(taken.client(), taken.ledger(), e));
    }

    private long reserved() {
        var set = services.config().current().settings().reservedCompletionTokens();
        return set == null ? services.settings().defaultCompletionTokens() : set;
    }

    private void admitted(Taken taken, Ask ask, @Nullable CacheEntry entry, Admission admission) {
        switch (admission) {
            case Admission.Denied denied -> {
                rates(taken.client(), denied.rates());
                services.meters().limited(denied.reason().name());
                Refusals.reject(services, taken.client(), taken.ledger(), Refusals.denied(taken.client(), denied));
            }
            case Admission.Granted granted -> {
                rates(taken.client(), granted.rates());
                try {
                    serve(taken, ask, entry, granted.reservation());
                } catch (RuntimeException e) {
                    granted.reservation().settle(0, BigDecimal.ZERO);
                    unexpected(taken.client(), taken.ledger(), e);
                }
            }
        }
    }

    private void serve(Taken taken, Ask ask, @Nullable CacheEntry entry, Reservation reservation) {
        if (entry != null) {
            reservation.settle(0, BigDecimal.ZERO);
            new Replay(services, taken.client(), taken.ledger(), taken.asked()).give(entry);
            return;
        }
        var journey = journey(taken, ask);
        var lease = journey.next();
        if (lease == null) {
            reservation.settle(0, BigDecimal.ZERO);
            if (taken.asked().operation() == Operation.COUNT_TOKENS) {
                new LocalCount(services, taken.client(), taken.ledger()).answer(taken.asked());
                return;
            }
            var error = Refusals.shortage(
                    taken.client(),
                    journey.shortage(),
                    taken.ledger(),
                    taken.asked().model());
            Refusals.reject(services, taken.client(), taken.ledger(), error);
            return;
        }
        var state = taken.caching().state();
        if (state != null) {
            taken.client().header("x-platform-cache", state);
        }
        var keep = taken.caching()
                .keep(services.cache(), services.clock(), taken.model().name())
                .and(stored.keep(taken.ready()));
        new Call(services, taken.client(), taken.ledger(), taken.asked(), journey, lease, reservation, keep).begin();
    }

    private Journey journey(Taken taken, Ask ask) {
        return services.router()
                .journey(
                        taken.model(),
                        services.config().current(),
                        ask,
                        target -> services.providers()
                                .plan(target.provider().type(), ask.operation())
                                .filter(plan -> taken.ready().mayGo(target, plan.isNative()))
                                .isPresent(),
                        taken.ledger().caller()::mayCall);
    }

    private static void rates(ClientSide client, @Nullable RateState rates) {
        if (rates != null) {
            rates.headers().forEach(client::header);
        }
    }

    private void unexpected(ClientSide client, CallLedger ledger, Throwable e) {
        LOG.error("{}: unexpected failure", ledger.arrival().requestId(), e);
        Refusals.reject(services, client, ledger, ApiError.internal());
    }
}
