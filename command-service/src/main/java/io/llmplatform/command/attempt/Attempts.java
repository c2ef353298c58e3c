package io.llmplatform.command.attempt;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.contracts.event.AttemptEvent;
import io.llmplatform.contracts.event.AttemptEvent.AttemptsLeftOut;
import io.llmplatform.contracts.id.Ids;
import java.time.Clock;
import java.util.function.Function;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Records attempts within the limit. A failure to record is logged: the caller has got the answer already. */
@Component
class Attempts {
    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final CommandGateway gateway;
    private final SystemCommands system;
    private final Ids ids;
    private final AttemptLimit limit;

    Attempts(CommandGateway gateway, SystemCommands system, Ids ids, Clock clock) {
        this.gateway = gateway;
        this.system = system;
        this.ids = ids;
        this.limit = new AttemptLimit(clock);
    }

    /** @param attempt from its id */
    void record(Caller caller, Function<String, AttemptEvent> attempt) {
        tellLeftOut();
        if (!limit.admits(caller.userId())) {
            return;
        }
        var command = RecordAttempt.of(attempt.apply(ids.next(Ids.Kind.ATTEMPT)));
        try {
            gateway.sendAndWait(new GenericCommandMessage<>(command, CallerMetadata.of(caller.meta())));
        } catch (RuntimeException e) {
            log.warn("an attempt of {} is not recorded: {}", caller.userId(), e.toString());
        }
    }

    /** Tells what was left out of a period that is over. */
    void tellLeftOut() {
        limit.ended().ifPresent(this::tell);
    }

    /** Tells what was left out of the period under way; for the end. */
    void tellWhatIsLeft() {
        limit.restart().ifPresent(this::tell);
    }

    private void tell(AttemptLimit.Summary summary) {
        try {
            system.send(
                    "attempts",
                    RecordAttempt.of(new AttemptsLeftOut(
                            ids.next(Ids.Kind.ATTEMPT),
                            summary.from(),
                            summary.until(),
                            summary.count(),
                            summary.callers())));
        } catch (RuntimeException e) {
            log.warn("{} attempts were left out, which is not recorded: {}", summary.count(), e.toString());
        }
    }
}
