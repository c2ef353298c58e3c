package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.id.Ids;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.call.CallServices;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.journal.Ack;
import io.llmplatform.proxy.trial.Trial.Answer;
import io.llmplatform.proxy.trial.TrialResult.TrialError;
import io.llmplatform.proxy.usage.Cost;
import io.llmplatform.proxy.usage.Tokens;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tries things and records it. Belongs to one event loop; no future it gives fails. */
final class Trials {
    private static final Tokens NO_TOKENS = Tokens.NONE;

    private final CallServices services;
    private final Listing listing;

    Trials(CallServices services) {
        this.services = services;
        this.listing = new Listing(services.direct(), services.timers());
    }

    /** Every deployment of a model, all at once, whether model and providers are active or not. */
    Future<List<TrialResult>> model(Caller caller, Arrival arrival, ConfigRecord.Model model, Operation operation) {
        var config = services.config().current();
        var tries = new ArrayList<Future<TrialResult>>();
        for (var deployment : model.deployments()) {
            var provider = config.provider(deployment.providerId());
            if (provider != null) {
                tries.add(call(caller, arrival, TrialSubject.of(model.name(), deployment, provider), operation));
            }
        }
        return Future.all(tries).map(all -> all.<TrialResult>list());
    }

    /** A provider by a call to one of its models. */
    Future<TrialResult> provider(Caller caller, Arrival arrival, ProviderConfig provider, String upstreamModel) {
        return call(caller, arrival, TrialSubject.of(provider, upstreamModel), Operation.CHAT);
    }

    /** A provider by its list of models: shows whether it is there and takes the API key, and costs nothing. */
    Future<TrialResult> provider(Caller caller, Arrival arrival, ProviderConfig provider) {
        var subject = TrialSubject.of(provider, "");
        return recorded(caller, arrival, subject, "models", requestId -> listing.of(provider)
                .map(listed -> new Answer(
                        listed.status(), listed.firstByteMs(), listed.totalMs(), NO_TOKENS, listed.error())));
    }

    Listing listing() {
        return listing;
    }

    private Future<TrialResult> call(Caller caller, Arrival arrival, TrialSubject subject, Operation operation) {
        return recorded(caller, arrival, subject, operation.wire(), requestId -> new Trial(
                        services, subject, operation, requestId)
                .begin(arrival));
    }

    /** Something that is asked of a provider under an id of its own. */
    @FunctionalInterface
    private interface Question {
        Future<Answer> ask(String requestId);
    }

    /** Nothing is asked that is not on record, and nothing is told before it is. */
    private Future<TrialResult> recorded(
            Caller caller, Arrival arrival, TrialSubject subject, String endpoint, Question question) {
        var record = new TrialRecord(
                services.ids().next(Ids.Kind.REQUEST),
                services.clock().instant(),
                arrival,
                caller,
                subject,
                endpoint,
                services.settings().gateway());
        return journal(ack -> services.journal().start(record.began(cost(subject, NO_TOKENS)), ack))
                .compose(refused -> refused
                        ? Future.succeededFuture(result(record, journalFull()))
                        : question.ask(record.requestId()).compose(answer -> ended(record, answer)));
    }

    private Future<TrialResult> ended(TrialRecord record, Answer answer) {
        var result = result(record, answer);
        var outcome = record.ended(
                result,
                answer.status() == null ? 502 : answer.status(),
                answer.tokens(),
                cost(record.subject(), answer.tokens()));
        return journal(ack -> services.journal().outcome(outcome, ack))
                .map(refused -> refused ? result(record, journalFull()) : result);
    }

    /** @return whether it was refused */
    private Future<Boolean> journal(Consumer<Ack> write) {
        var promise = Promise.<Boolean>promise();
        var context = services.vertx().getOrCreateContext();
        write.accept(refusal -> context.runOnContext(next -> promise.complete(refusal != null)));
        return promise.future();
    }

    private static TrialResult result(TrialRecord record, Answer answer) {
        var subject = record.subject();
        return new TrialResult(
                record.requestId(),
                answer.error() == null,
                record.endpoint(),
                subject.deploymentId(),
                subject.provider().id(),
                subject.provider().name(),
                subject.upstreamModel().isEmpty() ? null : subject.upstreamModel(),
                answer.status(),
                answer.firstByteMs(),
                answer.totalMs(),
                answer.tokens().prompt(),
                answer.tokens().completion(),
                answer.error());
    }

    private Cost cost(TrialSubject subject, Tokens tokens) {
        var model = subject.model() == null ? null : services.config().current().model(subject.model());
        var rates = model == null
                ? null
                : services.config().current().rates(model, services.clock().instant());
        return tokens.prompt() + tokens.completion() == 0 ? Cost.of(tokens, rates) : Cost.ofAnswer(tokens, rates);
    }

    private static Answer journalFull() {
        return new Answer(
                null,
                null,
                0,
                NO_TOKENS,
                new TrialError("usage_journal_unavailable", "The gateway cannot record usage at the moment."));
    }
}
