package io.llmplatform.command.http;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.eventstore.EventPositions;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.id.Ids;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Sends commands for a caller and answers with id, version and consistency token. */
@Component
public class Commands {
    private static final Logger log = LoggerFactory.getLogger(Commands.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,64}");

    private final CommandGateway gateway;
    private final EventPositions positions;

    Commands(CommandGateway gateway, EventPositions positions) {
        this.gateway = gateway;
        this.positions = positions;
    }

    /** 201 with the usual body. */
    public ResponseEntity<Written> create(Caller caller, String id, Object command) {
        return create(caller, id, command, Written::new);
    }

    /** 201 with a body made from id and version. */
    public <T> ResponseEntity<T> create(Caller caller, String id, Object command, BiFunction<String, Long, T> body) {
        return send(HttpStatus.CREATED, caller, id, command, body);
    }

    /** 200 with the usual body, also when the command had nothing to change. */
    public ResponseEntity<Written> change(Caller caller, String id, Object command) {
        return change(caller, id, command, Written::new);
    }

    /** 200 with a body made from id and version. */
    public <T> ResponseEntity<T> change(Caller caller, String id, Object command, BiFunction<String, Long, T> body) {
        return send(HttpStatus.OK, caller, id, command, body);
    }

    /**
     * The id, when it has the form of one of that kind. Ids of different kinds name streams of one store, so an id of
     * another kind must never reach an aggregate.
     *
     * @throws Refusal.NotFound otherwise
     */
    public static String id(Ids.Kind kind, String id) {
        if (ID.matcher(id).matches() && id.startsWith(kind.prefix())) {
            return id;
        }
        throw new Refusal.NotFound(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), id);
    }

    private <T> ResponseEntity<T> send(
            HttpStatus status, Caller caller, String id, Object command, BiFunction<String, Long, T> body) {
        var message = new GenericCommandMessage<>(command, CallerMetadata.of(caller.meta()));
        long version = Objects.requireNonNull(gateway.<Long>sendAndWait(message));
        var answer = ResponseEntity.status(status);
        try {
            positions
                    .of(id, version)
                    .ifPresent(position -> answer.header(Headers.CONSISTENCY_TOKEN, Long.toString(position)));
        } catch (DataAccessException | TransactionException e) {
            // The command is stored; only the hint for reads is missing, and a client can do without.
            log.warn("no consistency token for {}: {}", id, e.getMessage());
        }
        return answer.body(body.apply(id, version));
    }

    /** What a write answers. */
    public record Written(String id, long version) {}
}
