package io.llmplatform.command.http;

import io.llmplatform.command.refusal.Refusal.FieldError;
import io.llmplatform.contracts.http.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body that cannot be read. Never repeats a value from it, which may be a secret. */
final class UnreadableBody {
    private UnreadableBody() {}

    static Problem problem(HttpMessageNotReadableException failure) {
        return switch (failure.getCause()) {
            case UnrecognizedPropertyException unknown -> invalid(field(unknown), "is not known here");
            case MismatchedInputException wrong -> invalid(field(wrong), "expected " + expected(wrong.getTargetType()));
            case InputCoercionException wrong -> invalid(field(wrong), "expected " + expected(wrong.getTargetType()));
            case StreamReadException broken
            when broken.getMessage() != null && broken.getMessage().contains("Duplicate") ->
                Problem.of(HttpStatus.BAD_REQUEST, "broken-json", "a property appears twice");
            case StreamReadException broken ->
                Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "broken-json",
                        "the body is not JSON, see line " + broken.getLocation().getLineNr() + ", column "
                                + broken.getLocation().getColumnNr());
            case JacksonException other when !other.getPath().isEmpty() -> invalid(field(other), "has a wrong value");
            case null -> Problem.of(HttpStatus.BAD_REQUEST, "invalid", "a JSON object is expected as body");
            default -> Problem.of(HttpStatus.BAD_REQUEST, "invalid", "the body cannot be read");
        };
    }

    private static Problem invalid(String field, String message) {
        var detail = field.isEmpty() ? "body: " + message : field + ": " + message;
        var problem = Problem.of(HttpStatus.BAD_REQUEST, "invalid", detail);
        return field.isEmpty() ? problem : problem.withErrors(List.of(new FieldError(field, message)));
    }

    private static String field(JacksonException failure) {
        var path = new StringBuilder();
        for (var part : failure.getPath()) {
            if (part.getPropertyName() == null) {
                path.append('[').append(part.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(part.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type == Role.class) {
            return "one of admin, auditor, member";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Integer.class || type == int.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == BigDecimal.class) {
            return "a number";
        }
        if (type == Instant.class) {
            return "a date-time such as 2030-01-31T12:00:00Z";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }
}
