package io.llmplatform.command.refusal;

import java.util.List;

/** A command that the write side understood and does not carry out. The message is for the caller to read. */
public abstract sealed class Refusal extends RuntimeException {
    private final String detail;

    Refusal(String message) {
        // No stack trace: a refusal is an answer, not a fault.
        super(message, null, false, false);
        this.detail = message;
    }

    /** The message, which is never missing. */
    public String detail() {
        return detail;
    }

    /** There is no such thing, or none that the caller may know of. */
    public static final class NotFound extends Refusal {
        public NotFound(String kind, String id) {
            super("no " + kind + " with id '" + id + "'");
        }
    }

    /** The state does not allow it. */
    public static final class Conflict extends Refusal {
        public Conflict(String message) {
            super(message);
        }
    }

    /** Somebody else has the name. */
    public static final class NameTaken extends Refusal {
        private final String field;

        public NameTaken(String kind, String field, String name) {
            super("a " + kind + " named '" + name + "' exists already");
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /** {@code If-Match} names another version than the current one. */
    public static final class StaleVersion extends Refusal {
        private final long current;

        public StaleVersion(long expected, long current) {
            super("expected version " + expected + ", the current version is " + current);
            this.current = current;
        }

        public long current() {
            return current;
        }
    }

    /** The caller may not do that. */
    public static final class Forbidden extends Refusal {
        public Forbidden(String message) {
            super(message);
        }
    }

    /** The body is not what the operation takes. */
    public static final class Invalid extends Refusal {
        private final List<FieldError> errors;

        public Invalid(List<FieldError> errors) {
            super(errors.getFirst().field() + ": " + errors.getFirst().message());
            this.errors = List.copyOf(errors);
        }

        public Invalid(String field, String message) {
            this(List.of(new FieldError(field, message)));
        }

        public List<FieldError> errors() {
            return errors;
        }
    }

    /** Well-formed, but it names something that does not exist. */
    public static final class UnknownReference extends Refusal {
        private final String field;

        public UnknownReference(String field, String message) {
            super(field + ": " + message);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }

    /**
     * What is wrong with one field.
     *
     * @param field   as in the body, such as {@code deployments[0].weight}
     * @param message what was expected; never the value, which may be a secret
     */
    public record FieldError(String field, String message) {}
}
