package io.llmplatform.command.http;

import io.llmplatform.command.eventstore.Deadlock;
import io.llmplatform.command.eventstore.EventPositions;
import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.refusal.TooBusy;
import io.llmplatform.command.refusal.TooManyAttempts;
import io.llmplatform.contracts.http.Headers;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.util.DisconnectedClientHelper;

/** Every failure of a request, as a problem document. What is not foreseen is logged here and answered without detail. */
@RestControllerAdvice
class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final EventPositions positions;

    ProblemAdvice(EventPositions positions) {
        this.positions = positions;
    }

    @ExceptionHandler
    ResponseEntity<Problem> refused(Refusal refusal, HttpServletRequest request) {
        var detail = refusal.detail();
        var problem =
                switch (refusal) {
                    case Refusal.NotFound _ -> Problem.of(HttpStatus.NOT_FOUND, "not-found", detail);
                    case Refusal.Conflict _ -> Problem.of(HttpStatus.CONFLICT, "conflict", detail);
                    case Refusal.NameTaken taken ->
                        Problem.of(HttpStatus.CONFLICT, "name-taken", detail)
                                .withErrors(List.of(new Refusal.FieldError(taken.field(), "is taken")));
                    case Refusal.StaleVersion stale ->
                        Problem.of(HttpStatus.CONFLICT, "stale-version", detail).withCurrentVersion(stale.current());
                    case Refusal.Forbidden _ -> Problem.of(HttpStatus.FORBIDDEN, "forbidden", detail);
                    case Refusal.Invalid invalid ->
                        Problem.of(HttpStatus.BAD_REQUEST, "invalid", detail).withErrors(invalid.errors());
                    case Refusal.UnknownReference unknown ->
                        Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "unknown-reference", detail)
                                .withErrors(List.of(new Refusal.FieldError(unknown.field(), detail)));
                };
        RefusedWith.set(request, problem);
        return refusal instanceof Refusal.StaleVersion
                ? withNewest(answer(request, problem))
                : answer(request, problem);
    }

    /** Who was overtaken reads again, and then with what overtook them. */
    private ResponseEntity<Problem> withNewest(ResponseEntity<Problem> answer) {
        try {
            return ResponseEntity.status(answer.getStatusCode())
                    .headers(answer.getHeaders())
                    .header(Headers.CONSISTENCY_TOKEN, Long.toString(positions.last()))
                    .body(answer.getBody());
        } catch (DataAccessException | TransactionException e) {
            log.warn("no consistency token for a stale version: {}", e.getMessage());
            return answer;
        }
    }

    @ExceptionHandler
    ResponseEntity<Problem> notLoggedIn(NotLoggedIn refusal, HttpServletRequest request) {
        return answer(request, Problem.of(HttpStatus.UNAUTHORIZED, refusal.name(), refusal.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Problem> tooOften(TooManyAttempts refusal, HttpServletRequest request) {
        return later(
                request,
                Problem.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-attempts", refusal.getMessage()),
                refusal.retryAfter());
    }

    @ExceptionHandler
    ResponseEntity<Problem> tooBusy(TooBusy refusal, HttpServletRequest request) {
        return later(
                request,
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "busy", refusal.getMessage()),
                refusal.retryAfter());
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException failure, HttpServletRequest request) {
        return answer(request, UnreadableBody.problem(failure));
    }

    @ExceptionHandler
    ResponseEntity<Problem> unknownAggregate(AggregateNotFoundException failure, HttpServletRequest request) {
        var problem = Problem.of(
                HttpStatus.NOT_FOUND, "not-found", "nothing with id '" + failure.getAggregateIdentifier() + "'");
        RefusedWith.set(request, problem);
        return answer(request, problem);
    }

    /** Several instances kept overtaking each other on one aggregate, beyond the bounded retries. */
    @ExceptionHandler
    ResponseEntity<Problem> overtaken(ConcurrencyException failure, HttpServletRequest request) {
        return answer(request, overtaken());
    }

    /** The client has left, who is told nothing then; or else what was to be answered cannot be written. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, HttpMessageNotWritableException.class})
    @Nullable
    ResponseEntity<Problem> unwritten(Exception failure, HttpServletRequest request) {
        if (!DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            return other(failure, request);
        }
        log.debug("the client has left", failure);
        return null;
    }

    @ExceptionHandler
    ResponseEntity<Problem> other(Exception failure, HttpServletRequest request) {
        if (DatabaseOutage.isBehind(failure)) {
            log.warn("PostgreSQL is not available: {}", DatabaseOutage.summary(failure));
            return later(
                    request,
                    Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "database-unavailable", "the database is not available"),
                    Duration.ofSeconds(2));
        }
        if (DatabaseOutage.isUnstorableText(failure)) {
            return answer(
                    request,
                    Problem.of(HttpStatus.BAD_REQUEST, "invalid", "a text has characters that cannot be stored"));
        }
        if (Deadlock.isBehind(failure)) {
            return answer(request, overtaken());
        }
        if (failure instanceof InvalidParameterException) {
            return answer(request, Problem.of(HttpStatus.BAD_REQUEST, "invalid", "the query is malformed"));
        }
        if (failure instanceof ErrorResponse spring && spring.getStatusCode().is4xxClientError()) {
            var status = HttpStatus.valueOf(spring.getStatusCode().value());
            return ResponseEntity.status(status)
                    .headers(spring.getHeaders())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(complete(
                            Problem.of(status, "request", spring.getBody().getDetail()), request));
        }
        log.error("unforeseen failure of {} {}", request.getMethod(), request.getRequestURI(), failure);
        return answer(request, Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal", null));
    }

    private static Problem overtaken() {
        return Problem.of(HttpStatus.CONFLICT, "conflict", "changed by others at the same time; try again");
    }

    private static ResponseEntity<Problem> later(HttpServletRequest request, Problem problem, Duration after) {
        return ResponseEntity.status(problem.status())
                .header(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, after.toSeconds())))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(complete(problem, request));
    }

    private static ResponseEntity<Problem> answer(HttpServletRequest request, Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(complete(problem, request));
    }

    private static Problem complete(Problem problem, HttpServletRequest request) {
        return problem.in(request.getRequestURI(), OriginFilter.requestId(request));
    }
}
