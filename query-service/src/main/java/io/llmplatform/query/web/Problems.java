package io.llmplatform.query.web;

import jakarta.persistence.PersistenceException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.util.DisconnectedClientHelper;

/** Turns whatever goes wrong into a problem document. Details of our own failures stay in the log. */
@RestControllerAdvice
class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ExceptionHandler
    ResponseEntity<Problem> refused(RefusedException e, HttpServletRequest request) {
        var headers = new HttpHeaders();
        if (e.status() == HttpStatus.UNAUTHORIZED) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return answer(e.status(), headers, e.getMessage(), e.errors(), request);
    }

    /** PostgreSQL is away, or too slow to wait for; or it refuses what only a mistake of ours can have asked. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class, PersistenceException.class})
    ResponseEntity<Problem> database(RuntimeException e, HttpServletRequest request) {
        if (!Outages.isOne(e)) {
            return other(e, request);
        }
        LOG.warn("PostgreSQL failed: {}", rootMessage(e));
        LOG.debug("PostgreSQL failed", e);
        return answer(
                HttpStatus.SERVICE_UNAVAILABLE,
                new HttpHeaders(),
                "the database is not available at the moment",
                List.of(),
                request);
    }

    /** Thrown again it ends the connection, which is all that can be told in the middle of an answer. */
    @ExceptionHandler
    void cutOff(CutOffException e) {
        throw e;
    }

    /** The client has left, who is told nothing then; or else what was to be answered cannot be written. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, HttpMessageNotWritableException.class})
    @Nullable
    ResponseEntity<Problem> unwritten(Exception e, HttpServletRequest request) {
        if (!DisconnectedClientHelper.isClientDisconnectedException(e)) {
            return other(e, request);
        }
        LOG.debug("the client has left", e);
        return null;
    }

    @ExceptionHandler
    ResponseEntity<Problem> other(Exception e, HttpServletRequest request) {
        if (e instanceof ErrorResponse known) {
            return answer(
                    known.getStatusCode(), known.getHeaders(), known.getBody().getDetail(), List.of(), request);
        }
        if (e instanceof InvalidParameterException) {
            return answer(HttpStatus.BAD_REQUEST, new HttpHeaders(), "the query is malformed", List.of(), request);
        }
        LOG.error("request failed", e);
        return answer(HttpStatus.INTERNAL_SERVER_ERROR, new HttpHeaders(), null, List.of(), request);
    }

    static ResponseEntity<Problem> answer(
            HttpStatusCode status,
            HttpHeaders given,
            @Nullable String detail,
            List<Problem.FieldError> errors,
            HttpServletRequest request) {
        var known = HttpStatus.resolve(status.value());
        var headers = new HttpHeaders(given);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (status.value() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return new ResponseEntity<>(
                new Problem(
                        "about:blank",
                        known == null ? "Error" : known.getReasonPhrase(),
                        status.value(),
                        detail,
                        request.getRequestURI(),
                        RequestIds.current(),
                        errors.isEmpty() ? null : errors),
                headers,
                status);
    }

    private static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
