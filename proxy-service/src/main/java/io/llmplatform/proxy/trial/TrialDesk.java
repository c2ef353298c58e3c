package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.call.CallServices;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers what an administrator wants tried. Belongs to one event loop. */
public final class TrialDesk {
    /** For something just made to arrive here; as long as the read side waits for the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(40);

    private final CallServices services;
    private final Trials trials;

    public TrialDesk(CallServices services) {
        this.services = services;
        this.trials = new Trials(services);
    }

    /**
     * Tries every deployment of a model.
     *
     * @param token the consistency token of a write that must have arrived before; -1 for none
     */
    public Future<TrialReply> model(Caller caller, Arrival arrival, String id, byte[] body, long token) {
        String endpoint;
        try {
            endpoint = TrialAsk.text(body, "endpoint");
        } catch (TrialAsk.InvalidException e) {
            return Future.succeededFuture(TrialReply.invalid(String.valueOf(e.getMessage())));
        }
        var wanted = endpoint == null ? Optional.<Operation>empty() : TrialBody.operation(endpoint);
        if (endpoint != null && wanted.isEmpty()) {
            return Future.succeededFuture(TrialReply.invalid("endpoint: expected one of " + TrialBody.known()));
        }
        return known(() -> model(id), ConfigRecord.Model::version, token)
                .compose(model -> model == null
                        ? Future.succeededFuture(TrialReply.notFound("model", id))
                        : model(caller, arrival, model, wanted.orElseGet(() -> fitting(model))));
    }

    private Future<TrialReply> model(Caller caller, Arrival arrival, ConfigRecord.Model model, Operation operation) {
        return trials.model(caller, arrival, model, operation)
                .map(results -> new TrialReply.OfModel(
                        model.id(), model.name(), results.stream().allMatch(TrialResult::ok), results));
    }

    private static Operation fitting(ConfigRecord.Model model) {
        var catalog = model.catalog();
        return catalog == null
                ? Operation.CHAT
                : TrialBody.fitting(told(catalog.inputModalities()), told(catalog.outputModalities()));
    }

    private static List<String> told(@Nullable List<String> modalities) {
        return modalities == null ? List.of() : modalities;
    }

    /** Tries a provider: by the model that the body names, or else by its list of models. */
    public Future<TrialReply> provider(Caller caller, Arrival arrival, String id, byte[] body, long token) {
        String model;
        try {
            model = TrialAsk.text(body, "model");
        } catch (TrialAsk.InvalidException e) {
            return Future.succeededFuture(TrialReply.invalid(String.valueOf(e.getMessage())));
        }
        return known(() -> services.config().current().provider(id), ProviderConfig::version, token)
                .compose(provider -> {
                    if (provider == null) {
                        return Future.succeededFuture(TrialReply.notFound("provider", id));
                    }
                    var result = model == null
                            ? trials.provider(caller, arrival, provider)
                            : trials.provider(caller, arrival, provider, model);
                    return result.map(TrialReply.OfProvider::new);
                });
    }

    /** What a provider lists. */
    public Future<TrialReply> models(String id, long token) {
        return known(() -> services.config().current().provider(id), ProviderConfig::version, token)
                .compose(provider -> provider == null
                        ? Future.succeededFuture(TrialReply.notFound("provider", id))
                        : trials.listing().of(provider).map(listed -> listed(provider, listed)));
    }

    private TrialReply listed(ProviderConfig provider, Listing.Listed listed) {
        var ours = services.config().current().models();
        var models = listed.models().stream()
                .map(model -> model.usedBy(ours.stream()
                        .filter(one -> one.deployments().stream()
                                .anyMatch(deployment -> deployment.providerId().equals(provider.id())
                                        && deployment.upstreamModel().equals(model.id())))
                        .map(ConfigRecord.Model::name)
                        .sorted()
                        .toList()))
                .toList();
        return new TrialReply.Models(models, listed.truncated(), listed.status(), listed.error());
    }

    private ConfigRecord.@Nullable Model model(String id) {
        return services.config().current().models().stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** What is looked for, as soon as it is there and as new as the token; after a while whatever there is. */
    private <T> Future<@Nullable T> known(Supplier<@Nullable T> find, Function<T, Long> version, long token) {
        var promise = Promise.<@Nullable T>promise();
        look(find, version, token, System.nanoTime() + PATIENCE.toNanos(), promise);
        return promise.future();
    }

    private <T> void look(
            Supplier<@Nullable T> find,
            Function<T, Long> version,
            long token,
            long deadline,
            Promise<@Nullable T> promise) {
        var found = find.get();
        boolean here = found != null && version.apply(found) >= token;
        if (here || System.nanoTime() - deadline > 0) {
            promise.complete(found);
        } else {
            services.timers().start(LOOK_AGAIN.toMillis(), () -> look(find, version, token, deadline, promise));
        }
    }
}
