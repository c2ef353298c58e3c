package io.llmplatform.query.web;

import java.util.List;
import org.springframework.http.HttpStatus;

/** A request that is answered with a problem; the message is its detail and may be shown. */
public final class RefusedException extends RuntimeException {
    private final HttpStatus status;
    private final transient List<Problem.FieldError> errors;

    private RefusedException(HttpStatus status, String detail, List<Problem.FieldError> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = errors;
    }

    public static RefusedException unauthorized(String detail) {
        return new RefusedException(HttpStatus.UNAUTHORIZED, detail, List.of());
    }

    public static RefusedException forbidden(String detail) {
        return new RefusedException(HttpStatus.FORBIDDEN, detail, List.of());
    }

    public static RefusedException notFound(String what, String id) {
        return new RefusedException(HttpStatus.NOT_FOUND, "no " + what + " has the id '" + id + "'", List.of());
    }

    /** A parameter that cannot be accepted. */
    public static RefusedException parameter(String name, String message) {
        return parameters(List.of(new Problem.FieldError(name, message)));
    }

    public static RefusedException parameters(List<Problem.FieldError> errors) {
        var first = errors.getFirst();
        return new RefusedException(HttpStatus.BAD_REQUEST, first.field() + ": " + first.message(), errors);
    }

    public static RefusedException unavailable(String detail) {
        return new RefusedException(HttpStatus.SERVICE_UNAVAILABLE, detail, List.of());
    }

    HttpStatus status() {
        return status;
    }

    List<Problem.FieldError> errors() {
        return errors;
    }
}
